/** AWS's host names. */

/** The DNS suffixes of AWS's partitions (@aws-sdk/core: partitions.json), of hosted logins and function URLs. */
const suffixes =
  /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|api\.amazonwebservices\.(?:com\.cn|eu)|(?:c2s|csp\.hci|api\.aws(?:\.hci)?)\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|api\.cloud-aws\.adc-e\.uk|api\.aws(?:\.scloud)?|on\.aws|amazoncognito\.com)\.?$/i;

/** Whether a name, without a port, is a host of AWS. */
export function isAwsHost(name: string): boolean {
  return suffixes.test(name);
}
