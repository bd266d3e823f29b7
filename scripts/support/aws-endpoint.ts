/** Endpoints of AWS's services, in the Regions that a stage can be in. */

/** A service, of a Region or of all: `sts`, `sqs.eu-west-1`, `s3.dualstack.eu-west-1`, `api.ecr.eu-west-1`. */
const service = String.raw`(?:(?:api|portal)\.)?[a-z0-9-]+(?:\.dualstack)?(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?\.(?:amazonaws\.com|api\.aws)`;

/** A VPC endpoint of a service of AWS: `vpce-1.ssm.eu-west-1.vpce`, `bucket.vpce-1.s3.eu-west-1.vpce`. */
const vpcEndpoint = String.raw`(?:[a-z0-9-]+\.)?vpce-(?!svc-)[a-z0-9-]+\.(?!vpce-svc-)[a-z0-9.-]+\.vpce\.amazonaws\.com`;

const endpoint = new RegExp(String.raw`^https://(?:${service}|${vpcEndpoint})(?::\d+)?/?$`, "i");

/**
 * Whether a URL is an endpoint of an AWS service, by https. An API, a function or a bucket of a customer
 * has a host name of AWS too, and is none.
 */
export function isAwsEndpoint(url: string): boolean {
  return endpoint.test(url);
}
