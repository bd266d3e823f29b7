/** The security baseline: controls joined from public catalogues, and what becomes of each here. */
import { accountControls } from "./account.ts";
import { apiGatewayControls } from "./api-gateway.ts";
import { cognitoControls } from "./cognito.ts";
import type { Control } from "./control.ts";
import { firewallControls } from "./firewall.ts";
import { frameworkControls } from "./frameworks.ts";
import { keyAndSecretControls } from "./keys-and-secrets.ts";
import { lambdaControls } from "./lambda.ts";
import { logAndAlarmControls } from "./logs-and-alarms.ts";
import { messagingControls } from "./messaging.ts";
import { permissionControls } from "./permissions.ts";

export type { Control, Held } from "./control.ts";

/** Every control, by number. */
export const controls: readonly Control[] = [
  ...apiGatewayControls,
  ...cognitoControls,
  ...lambdaControls,
  ...messagingControls,
  ...keyAndSecretControls,
  ...firewallControls,
  ...logAndAlarmControls,
  ...permissionControls,
  ...accountControls,
  ...frameworkControls,
];
