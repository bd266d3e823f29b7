/** The AWS endpoint of the local cloud and the services behind it. */
export * from "./endpoint.ts";
export { AwsError } from "./errors.ts";
export type { AwsAuthorization, AwsCall, AwsRequest, AwsService, Location } from "./service.ts";
export * from "./cloudwatch-logs/cloudwatch-logs.ts";
export * from "./cognito/cognito.ts";
export type { CodeDelivery } from "./cognito/model.ts";
export type { ClientSettings, UserPoolSettings } from "./cognito/settings.ts";
export * from "./lambda.ts";
export * from "./messaging/messaging.ts";
export type { MessageAttributes, Queues, ReceivedMessage } from "./messaging/queues.ts";
export type { Attributes, Topics } from "./messaging/topics.ts";
export * from "./secrets-manager/secrets-manager.ts";
export type { SecretSettings, SecretValue } from "./secrets-manager/secrets.ts";
export * from "./sst-bootstrap.ts";
export * from "./ssm.ts";
export * from "./state-bucket/state-bucket.ts";
export * from "./sts.ts";
