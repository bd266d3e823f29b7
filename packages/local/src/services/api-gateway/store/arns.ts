/** How AWS names APIs and stages. */

/** Where the local cloud pretends to stand. */
export interface Place {
  region: string;
  account: string;
}

/** The ARN that permissions to invoke name: `arn:aws:execute-api:REGION:ACCOUNT:APIID`. */
export function executionArn({ region, account }: Place, restApiId: string): string {
  return `arn:aws:execute-api:${region}:${account}:${restApiId}`;
}

/** The host that AWS gives an API. */
export function executionHost({ region }: Place, restApiId: string): string {
  return `${restApiId}.execute-api.${region}.amazonaws.com`;
}

/** The ARN of an API, which has no account. */
export function restApiArn({ region }: Place, restApiId: string): string {
  return `arn:aws:apigateway:${region}::/restapis/${restApiId}`;
}

/** The ARN of a stage, which web ACLs are associated with. */
export function stageArn(place: Place, restApiId: string, stageName: string): string {
  return `${restApiArn(place, restApiId)}/stages/${stageName}`;
}
