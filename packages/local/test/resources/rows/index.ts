/** Every supported resource type, in an order in which each finds what it refers to. */
import { stage } from "./api-stage.ts";
import { api } from "./api.ts";
import { firewall } from "./firewall.ts";
import { functions, observability } from "./functions.ts";
import { identity } from "./identity.ts";
import { keys, messaging, secrets } from "./messaging.ts";
import type { Row } from "./row.ts";

export { madeOf, type Row } from "./row.ts";

export const rows: readonly Row[] = [
  ...keys,
  ...messaging,
  ...secrets,
  ...observability,
  ...functions,
  ...identity,
  ...api,
  ...stage,
  ...firewall,
];
