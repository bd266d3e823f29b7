/** AWS's host names. */

/** AWS's domains: a host of AWS is one of them, or below one. */
const domains = [
  // Endpoints of every partition (@aws-sdk/core: partitions.json).
  "amazonaws.com",
  "api.aws",
  "amazonaws.com.cn",
  "amazonwebservices.com.cn",
  "amazonaws.eu",
  "amazonwebservices.eu",
  "c2s.ic.gov",
  "api.aws.ic.gov",
  "sc2s.sgov.gov",
  "api.aws.scloud",
  "cloud.adc-e.uk",
  "api.cloud-aws.adc-e.uk",
  "csp.hci.ic.gov",
  "api.aws.hci.ic.gov",
  // Function URLs and more endpoints; hosted logins of user pools.
  "on.aws",
  "amazoncognito.com",
  // Sign-in, consoles and access portals (boto/botocore: data/signin).
  "aws.amazon.com",
  "amazonaws.cn",
  "amazonaws-us-gov.com",
  "amazonaws-eusc.eu",
  "signin.aws",
  "app.aws",
  "awsapps.com",
];

/** Whether a name, without a port, is a host of AWS. */
export function isAwsHost(name: string): boolean {
  const host = `.${name.toLowerCase().replace(/\.$/, "")}`;
  return domains.some((domain) => host.endsWith(`.${domain}`));
}
