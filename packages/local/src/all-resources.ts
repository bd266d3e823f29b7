/** Every resource type that the local cloud supports. */
import type { ResourceType } from "./provider/resource-type.ts";
import { apiGatewayResources } from "./services/api-gateway/resources/api-gateway.ts";
import { cloudwatchResources } from "./services/cloudwatch-logs/resources/cloudwatch.ts";
import { dashboard } from "./services/cloudwatch/resources/dashboard.ts";
import { metricAlarm } from "./services/cloudwatch/resources/metric-alarm.ts";
import { cognitoResources } from "./services/cognito/resources/cognito.ts";
import { iamResources } from "./services/iam/resources/iam.ts";
import { kmsResources } from "./services/kms/resources/kms.ts";
import { functionInvocationResources } from "./services/lambda/resources/lambda-invocation.ts";
import { functionResources } from "./services/lambda/resources/lambda.ts";
import { randomResources } from "./services/random/random.ts";
import { removable } from "./provider/removal.ts";
import { s3Resources } from "./services/s3/resources/s3.ts";
import { secretsManagerResources } from "./services/secrets-manager/resources/secrets-manager.ts";
import type { LocalServices } from "./local-services.ts";
import { snsSubscriptionResources } from "./services/sns/resources/sns-subscriptions.ts";
import { snsResources } from "./services/sns/resources/sns.ts";
import { sqsResources } from "./services/sqs/resources/sqs.ts";
import { wafResources } from "./services/waf/resources/waf.ts";

/** The resource types, applied to the services of one local cloud. */
export function allResources(services: LocalServices): ResourceType[] {
  const { environment, apis, assets, kms, lambda } = services;
  const { queues, roles, secrets, topics } = services;
  return [
    ...apiGatewayResources(apis),
    ...cloudwatchResources(services),
    ...cognitoResources(services),
    dashboard(services.cloudwatch.dashboards),
    ...functionInvocationResources({ lambda, roles }),
    ...functionResources({ lambda, assets, environment }),
    ...iamResources(roles, environment),
    ...kmsResources(kms),
    metricAlarm(services.cloudwatch.alarms),
    ...randomResources(),
    ...s3Resources(services),
    ...secretsManagerResources(secrets),
    ...snsResources(topics, environment),
    ...snsSubscriptionResources(topics),
    ...sqsResources(queues, environment),
    ...wafResources(services),
  ].map(removable);
}
