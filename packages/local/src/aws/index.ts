/** The AWS endpoint of the local cloud and the services behind it. */
export * from "../aws-protocol/endpoint.ts";
export { AwsError } from "../aws-protocol/errors.ts";
export type {
  AwsAuthorization,
  AwsCall,
  AwsRequest,
  AwsService,
  Location,
} from "../aws-protocol/service.ts";
export * from "../services/cloudwatch-logs/api/cloudwatch-logs.ts";
export * from "../services/cognito/cognito.ts";
export type { CodeDelivery } from "../services/cognito/model.ts";
export type { ClientSettings, UserPoolSettings } from "../services/cognito/settings.ts";
export * from "../services/lambda/api/operations.ts";
export * from "../services/messaging/messaging.ts";
export type { MessageAttributes, Queues, ReceivedMessage } from "../services/messaging/queues.ts";
export type { Attributes, Topics } from "../services/messaging/topics.ts";
export * from "../services/secrets-manager/secrets-manager.ts";
export type { SecretSettings, SecretValue } from "../services/secrets-manager/secrets.ts";
export * from "../services/ssm/sst-bootstrap.ts";
export * from "../services/ssm/ssm.ts";
export * from "../services/s3/state-bucket.ts";
export * from "../services/sts/sts.ts";
