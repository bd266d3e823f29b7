/** Holds a function's calls to the AWS endpoint against its role. */
import { AwsError, type AwsAuthorization } from "../aws/index.ts";
import { isAllowed, type Call } from "./evaluate.ts";
import type { Roles } from "./roles.ts";

export interface AuthorizeDeps {
  readonly account: string;
  readonly roles: Roles;
  /** The role of the function that has this access key; undefined for other callers. */
  readonly roleOf: (accessKeyId: string) => string | undefined;
}

/** Services whose errors carry another code than `AccessDeniedException` (SNS and SQS: field). */
const codes: Readonly<Record<string, { code: string; status: number }>> = {
  sns: { code: "AuthorizationError", status: 403 },
  sqs: { code: "AccessDenied", status: 403 },
  s3: { code: "AccessDenied", status: 403 },
};

/**
 * Refuses what the caller's role does not allow. Whoever is no function is the account's operator,
 * who may do everything: signatures are not checked, and the endpoint is on this machine alone.
 * Policies of resources (topics, secrets, queues, keys) are not evaluated.
 */
export function createAuthorize({ account, roles, roleOf }: AuthorizeDeps) {
  return ({ caller, service, operation, resource }: AwsAuthorization): void => {
    const roleArn = caller === undefined ? undefined : roleOf(caller);
    if (roleArn === undefined) return;
    const action = `${service}:${operation}`;
    if (roleAllows(roles, roleArn, { action, resource })) return;
    const role = roleArn.slice(roleArn.lastIndexOf("/") + 1);
    const { code, status } = codes[service] ?? { code: "AccessDeniedException", status: 400 };
    throw new AwsError(
      code,
      `User: arn:aws:sts::${account}:assumed-role/${role}/${caller} is not authorized to perform: ` +
        `${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
      status,
    );
  };
}

/**
 * Tells whether a role's policies allow a call and its permissions boundary, if it has one, does too
 * (documented: docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
 */
export function roleAllows(roles: Roles, roleArn: string, call: Call): boolean {
  const boundary = roles.boundaryOf(roleArn);
  return (
    isAllowed(roles.statementsOf(roleArn), call) &&
    (boundary === undefined || isAllowed(boundary, call))
  );
}
