/** ARNs that are known before what they name exists. */

/** The ARN of a resource in this account, and in this region unless another is named: `log-group:NAME` of `logs`. */
export function arnOf(
  service: string,
  resource: $util.Input<string>,
  region: $util.Input<string> = aws.getRegionOutput().region,
): $util.Output<string> {
  return $interpolate`arn:${partition()}:${service}:${region}:${accountId()}:${resource}`;
}

/** The ARN of a role by its physical name; a function's role has the function's name. */
export const roleArn = (name: string): $util.Output<string> =>
  $interpolate`arn:${partition()}:iam::${accountId()}:role/${name}`;

/** The account as a principal: everyone in it whom an IAM policy also allows. */
export const accountArn = (): $util.Output<string> =>
  $interpolate`arn:${partition()}:iam::${accountId()}:root`;

/** The id of the account that is deployed to. */
export const accountId = () => aws.getCallerIdentityOutput().accountId;

const partition = () => aws.getPartitionOutput().partition;
