/** Endpoints of AWS's services, in the Regions that a stage can be in. */

/**
 * A service's name. Of those with a dot, the ones that the SST CLI, its provider and the SDK's credentials
 * ask: before any other service, the first part may be a customer's, such as a bucket called `api`.
 */
const name = String.raw`(?:api\.ecr|portal\.sso|(?!execute-api\.|vpce-)[a-z0-9-]+)`;

const region = String.raw`[a-z]{2}(?:-[a-z]+)+-\d`;

/** A service, of a Region or of all: `sts`, `sqs.eu-west-1`, `s3.dualstack.eu-west-1`. */
const service = String.raw`${name}(?:(?:\.dualstack)?\.${region})?\.(?:amazonaws\.com|api\.aws)`;

/**
 * A VPC endpoint of a service: `vpce-1.ssm.eu-west-1`. S3 has three names for what it serves
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html).
 */
const vpcEndpoint = String.raw`(?:(?:bucket|accesspoint|control)\.vpce-[a-z0-9-]+\.s3|vpce-[a-z0-9-]+\.${name})\.${region}\.vpce\.amazonaws\.com`;

const endpoint = new RegExp(String.raw`^https://(?:${service}|${vpcEndpoint})(?::\d+)?/?$`, "i");

/**
 * Whether a URL is an endpoint of an AWS service, by https. An API, a function or a bucket of a customer
 * has a host name of AWS too, and is none.
 */
export function isAwsEndpoint(url: string): boolean {
  return endpoint.test(url);
}
