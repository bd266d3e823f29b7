/** Policy evaluation: whether statements allow a call. */
import { evaluateCondition } from "./conditions.ts";
import type { RequestContext } from "./context.ts";
import { like } from "./patterns.ts";
import type { NamedStatement, Statement } from "./policy.ts";

/** A call to authorize. */
export interface Call {
  /** `sns:Publish` */
  readonly action: string;
  /** The ARN of the resource; `*` for actions without one. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** The policies that apply to a call; of the resource's, the statements about the caller. */
export interface Policies {
  /** Undefined for a service, which has none. */
  readonly identity: readonly NamedStatement[] | undefined;
  /** The permissions boundary; undefined without one. */
  readonly boundary: readonly NamedStatement[] | undefined;
  readonly resource: readonly Statement[];
  /**
   * Of a KMS key, the statements that let the account's IAM policies decide, without which they grant
   * nothing (documented: KMS/key-policy-default); undefined for any other resource.
   */
  readonly delegation?: readonly Statement[];
}

/** Why a call is denied. */
export interface Denial {
  /** In AWS's words (IAM/troubleshoot_access-denied). */
  readonly reason: string;
  /** The statement that denies it; undefined where none allows it. */
  readonly statement: NamedStatement | undefined;
}

/**
 * The denial of a call; undefined when it is allowed. An explicit deny anywhere wins; then an
 * identity-based or resource-based policy must allow the call (documented for one account:
 * IAM/reference_policies_evaluation-logic), and so must the boundary. On AWS the boundary does not limit
 * what a resource allows a session by its ARN.
 */
export function denialOf(policies: Policies, call: Call): Denial | undefined {
  const { identity = [], boundary, resource, delegation } = policies;
  const kinds = [
    ["an identity-based policy", identity],
    ["a permissions boundary", boundary ?? []],
    ["a resource-based policy", resource],
  ] as const;
  for (const [kind, statements] of kinds) {
    const statement = find("Deny", statements, call);
    if (statement) return { reason: `with an explicit deny in ${kind}`, statement };
  }
  const none = (kind: string): Denial => ({
    reason: `because no ${kind} allows the ${call.action} action`,
    statement: undefined,
  });
  if (!find("Allow", resource, call)) {
    const isDelegated = delegation === undefined || find("Allow", delegation, call);
    if (policies.identity === undefined || !isDelegated) return none("resource-based policy");
    if (!find("Allow", identity, call)) return none("identity-based policy");
  }
  if (boundary && !find("Allow", boundary, call)) return none("permissions boundary");
  return undefined;
}

/**
 * A statement with this effect that applies to a call. A condition that cannot be evaluated applies in
 * a deny and not in an allow, so that it never grants access.
 */
function find(
  effect: Statement["Effect"],
  statements: readonly NamedStatement[],
  call: Call,
): NamedStatement | undefined {
  const enough = effect === "Deny" ? ["met", "unknown"] : ["met"];
  return statements.find(
    (statement) =>
      statement.Effect === effect &&
      isAbout(statement, call) &&
      enough.includes(evaluateCondition(statement.Condition, call.context)),
  );
}

/** Actions match without regard to case, resources with it. */
function isAbout(statement: Statement, { action, resource }: Call): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  const called = action.toLowerCase();
  const onAction = Action ? named(lower(Action), called) : !named(lower(NotAction), called);
  const onResource = Resource ? named(Resource, resource) : !named(NotResource, resource);
  return onAction && onResource;
}

function named(patterns: readonly string[] | undefined, text: string): boolean {
  return (patterns ?? []).some((pattern) => like(pattern, text));
}

function lower(patterns: readonly string[] = []): string[] {
  return patterns.map((text) => text.toLowerCase());
}
