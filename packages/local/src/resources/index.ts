/** Every resource type that the local cloud supports. */
import type { ResourceType } from "../deployment/resource-type.ts";
import { apiGatewayResources } from "./apigateway/index.ts";
import { cloudwatchResources } from "./cloudwatch.ts";
import { cognitoResources } from "./cognito.ts";
import { iamResources } from "./iam.ts";
import { kmsResources } from "./kms.ts";
import { functionInvocationResources } from "./lambda-invocation.ts";
import { functionResources } from "./lambda.ts";
import { randomResources } from "./random.ts";
import { removable } from "./removal.ts";
import { s3Resources } from "./s3.ts";
import { secretsManagerResources } from "./secrets-manager.ts";
import type { Services } from "./services.ts";
import { snsSubscriptionResources } from "./sns-subscriptions.ts";
import { snsResources } from "./sns.ts";
import { sqsResources } from "./sqs.ts";
import { wafResources } from "./waf.ts";

export { sourceMapsIn } from "./s3.ts";
export type { Services } from "./services.ts";
export { createInvokeData } from "./invokes.ts";

/** The resource types, applied to the given parts of a local cloud. */
export const allResources = (services: Services): ResourceType[] =>
  [
    ...apiGatewayResources(services),
    ...cloudwatchResources(services),
    ...cognitoResources(services),
    ...functionInvocationResources(services),
    ...functionResources(services),
    ...iamResources(services),
    ...kmsResources(services),
    ...randomResources(),
    ...s3Resources(services),
    ...secretsManagerResources(services),
    ...snsResources(services),
    ...snsSubscriptionResources(services),
    ...sqsResources(services),
    ...wafResources(services),
  ].map(removable);
