/** Authorizes calls by the policies of the caller and of the resource. */
import type { Facts } from "../../requests/step.ts";
import { AwsError } from "../../aws-protocol/errors.ts";
import type { AwsAuthorization } from "../../aws-protocol/service.ts";
import { contextOf, type ConditionValues } from "./context.ts";
import { type Call, denialOf, type Denial, type Policies } from "./evaluate.ts";
import {
  parseResourcePolicy,
  type ResourceStatement,
  type NamedStatement,
  type Statement,
} from "./policy.ts";
import {
  callerName,
  principalOf,
  type Callers,
  type CallingFunction,
  type Principal,
} from "./principal.ts";
import { delegationsTo, statementsFor } from "./resource-statements.ts";
import type { Roles } from "./roles.ts";

/** What a call is, apart from who makes it. */
export type Action = Pick<Call, "action" | "resource"> & {
  /** Values of the service's own condition keys; default: none. */
  readonly conditions?: ConditionValues | undefined;
};

/** Where policies come from. */
export interface PolicySources {
  readonly roles: Roles;
  /** The policy of the resource with this ARN, as JSON; no resource has one unless given. */
  readonly policyOf?: (resourceArn: string) => string | undefined;
}

/** The dependencies of authorization. */
type AuthorizeDeps = PolicySources & Callers;

/** Services with another error code than `AccessDeniedException` (SNS and SQS: reported). */
const codes: Readonly<Record<string, { code: string; status: number }>> = {
  sns: { code: "AuthorizationError", status: 403 },
  sqs: { code: "AccessDenied", status: 403 },
  // Assumed: its code in the query protocol.
  cloudwatch: { code: "AccessDenied", status: 403 },
  s3: { code: "AccessDenied", status: 403 },
};

/** Like AWS's root user, the operator is allowed everything by its own policies. */
const everything: readonly Statement[] = [{ Effect: "Allow", Action: ["*"], Resource: ["*"] }];

/**
 * Creates the authorization of a principal's call. The returned function throws AwsError, with the
 * called service's code, for a call that AWS would deny, or whose resource has a policy that cannot
 * be evaluated.
 */
export function createCheck({ roles, policyOf }: PolicySources) {
  function denial(
    principal: Principal,
    { action, resource, conditions }: Action,
  ): Denial | undefined {
    const policy = policyOf?.(resource);
    let statements: readonly ResourceStatement[];
    try {
      statements = policy === undefined ? [] : parseResourcePolicy(policy);
    } catch (error) {
      const reason = `because its policy is not understood: ${String(error)}`;
      return { reason, statement: undefined };
    }
    const policies = {
      ...ownPolicies(roles, principal),
      resource: statementsFor(principal, statements),
      ...(action.startsWith("kms:") && { delegation: delegationsTo(principal, statements) }),
    };
    const context = contextOf(principal, resource, conditions);
    return denialOf(policies, { action, resource, context });
  }

  return (principal: Principal, action: Action): void => {
    const denied = denial(principal, action);
    if (denied !== undefined) throw accessDenied(principal, action, denied);
  };
}

/** The error, in AWS's words, and what decided. */
function accessDenied(
  principal: Principal,
  { action, resource }: Action,
  { reason, statement }: Denial,
): AwsError {
  const [service = ""] = action.split(":");
  const { code, status } = codes[service] ?? { code: "AccessDeniedException", status: 400 };
  const call = `${callerName(principal)} is not authorized to perform: ${action}`;
  const error = new AwsError(code, `User: ${call} on resource: ${resource} ${reason}`, status);
  return Object.assign(error, { decidedBy: { action, resource, ...factsOf(resource, statement) } });
}

/** A statement of a resource's policy has no policy name: there is one policy. */
function factsOf(resource: string, statement: NamedStatement | undefined): Facts {
  if (statement === undefined) return { statement: "none allows it" };
  const { policy = `policy of ${resource}`, Sid } = statement;
  return { policy, statement: Sid ?? "a statement without a Sid" };
}

/**
 * Creates the authorization of the endpoint's calls. A caller that is not a function is the account's
 * operator, who may do everything that no resource-based policy denies: signatures are not checked,
 * and the endpoint is only on this machine.
 */
export function createAuthorize(deps: AuthorizeDeps) {
  const check = createCheck(deps);
  return ({ caller, service, operation, resource, conditions }: AwsAuthorization): void =>
    check(principalOf(caller, deps), {
      action: `${service}:${permissionOf(service, operation)}`,
      resource,
      conditions,
    });
}

/**
 * Whether a role's policies allow a call, of a function's code if it is named, and its permissions
 * boundary, if it has one, does too (documented: IAM/access_policies_boundaries).
 */
export function roleAllows(
  roles: Roles,
  arn: string,
  { action, resource, sourceFunction }: Action & { readonly sourceFunction?: string },
): boolean {
  const principal: Principal = { kind: "role", arn, session: "", sourceFunction };
  const policies: Policies = { ...ownPolicies(roles, principal), resource: [] };
  const context = contextOf(principal, resource);
  return denialOf(policies, { action, resource, context }) === undefined;
}

/** Whether a function's code may call something, by its role. */
export const functionAllows = (
  roles: Roles,
  { arn, roleArn }: CallingFunction,
  action: Action,
): boolean => roleAllows(roles, roleArn, { ...action, sourceFunction: arn });

function ownPolicies(roles: Roles, principal: Principal): Omit<Policies, "resource"> {
  if (principal.kind === "service") return { identity: undefined, boundary: undefined };
  if (principal.kind === "root") return { identity: everything, boundary: undefined };
  const { arn } = principal;
  return { identity: roles.statementsOf(arn), boundary: roles.boundaryOf(arn) };
}

/**
 * The permission that an operation needs: a batch needs that of the single operation (documented for
 * SQS: SQS/sqs-batch-api; assumed for SNS).
 */
function permissionOf(service: string, operation: string): string {
  return service === "sns" || service === "sqs" ? operation.replace(/Batch$/, "") : operation;
}
