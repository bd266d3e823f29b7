/** Every resource type that the local cloud supports. */
import type { ResourceType } from "./provider/resource-type.ts";
import { apiGatewayResources } from "./services/api-gateway/resources/index.ts";
import { cloudwatchResources } from "./services/cloudwatch-logs/resources/cloudwatch.ts";
import { cognitoResources } from "./services/cognito/resources/cognito.ts";
import { iamResources } from "./services/iam/resources/iam.ts";
import { kmsResources } from "./services/kms/kms.ts";
import { functionInvocationResources } from "./services/lambda/resources/lambda-invocation.ts";
import { functionResources } from "./services/lambda/resources/lambda.ts";
import { randomResources } from "./services/random/random.ts";
import { removable } from "./provider/removal.ts";
import { s3Resources } from "./services/s3/resources/s3.ts";
import { secretsManagerResources } from "./services/secrets-manager/resources/secrets-manager.ts";
import type { Services } from "./services.ts";
import { snsSubscriptionResources } from "./services/messaging/resources/sns-subscriptions.ts";
import { snsResources } from "./services/messaging/resources/sns.ts";
import { sqsResources } from "./services/messaging/resources/sqs.ts";
import { wafResources } from "./services/waf/resources/waf.ts";

export { sourceMapsIn } from "./services/s3/resources/s3.ts";
export type { Services } from "./services.ts";
export { createInvokeData } from "./services/iam/resources/data-sources.ts";

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
