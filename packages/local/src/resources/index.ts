/** Every resource type that the local cloud supports. */
import type { ResourceType } from "../deployment/resource-type.ts";
import { apiGatewayResources } from "./apigateway.ts";
import { cloudwatchResources } from "./cloudwatch.ts";
import { cognitoResources } from "./cognito.ts";
import { iamResources } from "./iam.ts";
import { lambdaResources } from "./lambda.ts";
import { randomResources } from "./random.ts";
import { s3Resources } from "./s3.ts";
import { secretsManagerResources } from "./secrets-manager.ts";
import type { Services } from "./services.ts";
import { snsResources } from "./sns.ts";
import { wafResources } from "./waf.ts";

export type { Services } from "./services.ts";
export { createInvokeData } from "./invokes.ts";

export const allResources = (services: Services): ResourceType[] => [
  ...apiGatewayResources(services),
  ...cloudwatchResources(services),
  ...cognitoResources(services),
  ...iamResources(services),
  ...lambdaResources(services),
  ...randomResources(),
  ...s3Resources(services),
  ...secretsManagerResources(services),
  ...snsResources(services),
  ...wafResources(services),
];
