/** Principals and their names in IAM. */

/** A principal: a function with its role, the account's operator, or a service for a resource. */
export type Principal = AccountPrincipal | ServicePrincipal;

/** An AWS service; what it acts for, and the account of that, where it is known to say so. */
interface ServicePrincipal {
  readonly kind: "service";
  readonly name: string;
  readonly sourceArn: string | undefined;
  readonly sourceAccount?: string;
}

/** A principal of the account itself. */
type AccountPrincipal =
  | {
      readonly kind: "role";
      readonly arn: string;
      readonly session: string;
      /** The function that was given the credentials, of a call from its execution environment. */
      readonly sourceFunction?: string | undefined;
    }
  | { readonly kind: "root"; readonly account: string };

/** The look-up of callers by access key. */
export interface Callers {
  readonly account: string;
  /** The function that has this access key; undefined for other callers. */
  readonly functionOf: (accessKeyId: string) => CallingFunction | undefined;
}

/** A function as a caller, by ARNs. */
export interface CallingFunction {
  readonly arn: string;
  readonly roleArn: string;
}

/** The principal of an access key: a function's role, or else the operator, the account's root. */
export function principalOf(
  accessKeyId: string | undefined,
  { account, functionOf }: Callers,
): AccountPrincipal {
  const caller = accessKeyId === undefined ? undefined : functionOf(accessKeyId);
  return accessKeyId === undefined || caller === undefined
    ? { kind: "root", account }
    : {
        kind: "role",
        arn: caller.roleArn,
        session: accessKeyId,
        sourceFunction: caller.arn,
      };
}

/** The value of `aws:PrincipalArn`: for a session, its role's ARN. */
export function arnOf(principal: AccountPrincipal): string {
  return principal.kind === "role" ? principal.arn : `arn:aws:iam::${principal.account}:root`;
}

/** The account of a principal. */
export function accountOf(principal: AccountPrincipal): string {
  return principal.kind === "role" ? (principal.arn.split(":")[4] ?? "") : principal.account;
}

/** A principal as AWS names it to itself and in errors; a function is a session of its role. */
export function callerName(principal: Principal): string {
  if (principal.kind === "service") return principal.name;
  if (principal.kind === "root") return arnOf(principal);
  const role = principal.arn.slice(principal.arn.lastIndexOf("/") + 1);
  return `arn:aws:sts::${accountOf(principal)}:assumed-role/${role}/${principal.session}`;
}

/** CloudWatch itself, acting for an alarm (documented: CLOUDWATCH/Notify_Users_Alarm_Changes). */
export function cloudwatchFor(alarmArn: string): Principal {
  const sourceAccount = alarmArn.split(":")[4] ?? "";
  return { kind: "service", name: "cloudwatch.amazonaws.com", sourceArn: alarmArn, sourceAccount };
}

/** SNS itself, acting for a topic. */
export function snsFor(topicArn: string): Principal {
  return { kind: "service", name: "sns.amazonaws.com", sourceArn: topicArn };
}
