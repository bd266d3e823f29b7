/** Holds calls against the policies of who calls and of what is called. */
import { AwsError, type AwsAuthorization } from "../aws/index.ts";
import { callerName, contextOf, type Principal } from "./context.ts";
import { refusalOf, type Call, type Policies } from "./evaluate.ts";
import { parseResourcePolicy, type ResourceStatement, type Statement } from "./policy.ts";
import { statementsFor } from "./principals.ts";
import type { Roles } from "./roles.ts";

/** What a call is, apart from who makes it. */
export type Action = Pick<Call, "action" | "resource">;

/** Where policies come from. */
export interface PolicySources {
  readonly roles: Roles;
  /** The policy of the resource with this ARN, as JSON; no resource has one unless given. */
  readonly policyOf?: (resourceArn: string) => string | undefined;
}

/** What decides on the endpoint's calls. */
export interface AuthorizeDeps extends PolicySources {
  readonly account: string;
  /** The role of the function that has this access key; undefined for other callers. */
  readonly roleOf: (accessKeyId: string) => string | undefined;
}

/** Services whose errors carry another code than `AccessDeniedException` (SNS and SQS: field). */
const codes: Readonly<Record<string, { code: string; status: number }>> = {
  sns: { code: "AuthorizationError", status: 403 },
  sqs: { code: "AccessDenied", status: 403 },
  s3: { code: "AccessDenied", status: 403 },
};

/** Like AWS's root user, the operator has no policy of its own that could withhold anything. */
const everything: readonly Statement[] = [{ Effect: "Allow", Action: ["*"], Resource: ["*"] }];

/**
 * Checks a principal's call. What it returns throws AwsError, with the code of the service that is
 * called, for a call that AWS would refuse; and for one that cannot be decided, since the resource
 * has a policy that cannot be evaluated.
 */
export function createCheck({ roles, policyOf }: PolicySources) {
  return (principal: Principal, { action, resource }: Action): void => {
    const context = contextOf(principal, resource);
    const refuse = (why: string): never => {
      const { code, status } = codes[serviceOf(action)] ?? {
        code: "AccessDeniedException",
        status: 400,
      };
      const call = `${callerName(principal)} is not authorized to perform: ${action}`;
      throw new AwsError(code, `User: ${call} on resource: ${resource} ${why}`, status);
    };
    const policy = policyOf?.(resource);
    let statements: readonly ResourceStatement[] = [];
    try {
      statements = policy === undefined ? [] : parseResourcePolicy(policy);
    } catch (error) {
      refuse(`because its policy is not understood: ${String(error)}`);
    }
    const policies = {
      ...ownPolicies(roles, principal),
      resource: statementsFor(principal, statements),
    };
    const why = refusalOf(policies, { action, resource, context });
    if (why !== undefined) refuse(why);
  };
}

/**
 * Checks the endpoint's calls. Whoever is no function is the account's operator, who may do
 * everything that no resource's policy denies: signatures are not checked, and the endpoint is on
 * this machine alone.
 */
export function createAuthorize({ account, roleOf, ...sources }: AuthorizeDeps) {
  const check = createCheck(sources);
  return ({ caller, service, operation, resource }: AwsAuthorization): void => {
    const roleArn = caller === undefined ? undefined : roleOf(caller);
    const principal: Principal =
      caller === undefined || roleArn === undefined
        ? { kind: "root", account }
        : { kind: "role", arn: roleArn, session: caller };
    check(principal, { action: `${service}:${permissionOf(service, operation)}`, resource });
  };
}

/**
 * Tells whether a role's policies allow a call and its permissions boundary, if it has one, does too
 * (documented: docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
 */
export function roleAllows(roles: Roles, roleArn: string, { action, resource }: Action): boolean {
  const principal: Principal = { kind: "role", arn: roleArn, session: "" };
  const policies: Policies = { ...ownPolicies(roles, principal), resource: [] };
  const context = contextOf(principal, resource);
  return refusalOf(policies, { action, resource, context }) === undefined;
}

function ownPolicies(roles: Roles, principal: Principal): Omit<Policies, "resource"> {
  if (principal.kind === "service") return { identity: undefined, boundary: undefined };
  if (principal.kind === "root") return { identity: everything, boundary: undefined };
  const { arn } = principal;
  return { identity: roles.statementsOf(arn), boundary: roles.boundaryOf(arn) };
}

/**
 * The permission that an operation needs: a batch needs that of the single operation (documented for
 * SQS: docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api.html; assumed for SNS).
 */
function permissionOf(service: string, operation: string): string {
  return ["sns", "sqs"].includes(service) ? operation.replace(/Batch$/, "") : operation;
}

function serviceOf(action: string): string {
  return action.split(":")[0] ?? "";
}
