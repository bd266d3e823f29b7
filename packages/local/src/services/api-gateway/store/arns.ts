/** How AWS names APIs and stages. */
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";

/** The ARN that permissions to invoke name: `arn:aws:execute-api:REGION:ACCOUNT:APIID`. */
export function executionArn({ region, account }: AwsEnvironment, restApiId: string): string {
  return `arn:aws:execute-api:${region}:${account}:${restApiId}`;
}

/** The host that AWS gives an API. */
export function executionHost({ region }: AwsEnvironment, restApiId: string): string {
  return `${restApiId}.execute-api.${region}.amazonaws.com`;
}

/** The ARN of an API, which has no account. */
export function restApiArn({ region }: AwsEnvironment, restApiId: string): string {
  return `arn:aws:apigateway:${region}::/restapis/${restApiId}`;
}

/** The ARN of a stage, which web ACLs are associated with. */
export function stageArn(
  environment: AwsEnvironment,
  restApiId: string,
  stageName: string,
): string {
  return `${restApiArn(environment, restApiId)}/stages/${stageName}`;
}
