/** Names that are known before what they name exists. */

/** The physical name of a part of this stage, such as `secure-lambda-prod-DeadLetters`. */
export const nameOf = (part: string) => `${$app.name}-${$app.stage}-${part}`;

/** The ARN of a resource in this account and region, such as `log-group:NAME` of `logs`. */
export function arnOf(service: string, resource: $util.Input<string>): $util.Output<string> {
  const { region } = aws.getRegionOutput();
  return $interpolate`arn:${partition()}:${service}:${region}:${accountId()}:${resource}`;
}

/** The ARN of a function's role; the functions name their roles after themselves. */
export const roleArnOf = (lambda: string): $util.Output<string> =>
  $interpolate`arn:${partition()}:iam::${accountId()}:role/${nameOf(lambda)}`;

/** The account as a principal: whoever in it is also allowed by a policy of their own. */
export const accountArn = (): $util.Output<string> =>
  $interpolate`arn:${partition()}:iam::${accountId()}:root`;

/** The ARN of a policy that AWS manages. */
export const managedPolicyArn = (name: string): $util.Output<string> =>
  $interpolate`arn:${partition()}:iam::aws:policy/${name}`;

/** The id of the account that is deployed to. */
export const accountId = () => aws.getCallerIdentityOutput().accountId;

const partition = () => aws.getPartitionOutput().partition;
