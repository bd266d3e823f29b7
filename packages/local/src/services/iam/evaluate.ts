/** Decides whether statements allow a call. */
import { evaluateCondition } from "./conditions.ts";
import type { RequestContext } from "./context.ts";
import { like } from "./patterns.ts";
import type { Statement } from "./policy.ts";

/** A call as IAM sees it. */
export interface Call {
  /** `sns:Publish` */
  readonly action: string;
  /** The ARN of what is acted on; `*` for actions that name nothing. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** What there is to say about a call; of the resource's policy, what is about the caller. */
export interface Policies {
  /** Undefined for a service, which has none. */
  readonly identity: readonly Statement[] | undefined;
  /** Beyond it a role may do nothing; undefined without one. */
  readonly boundary: readonly Statement[] | undefined;
  readonly resource: readonly Statement[];
}

/**
 * Why a call is refused, in the words of AWS's errors; undefined for one that is allowed. An
 * explicit deny anywhere wins; then the identity's or the resource's policy must allow the call
 * (documented for one account:
 * IAM/reference_policies_evaluation-logic), and so must
 * the boundary. On AWS the boundary does not limit what a resource allows one session by its ARN.
 * Words: IAM/troubleshoot_access-denied
 */
export function denialReason(policies: Policies, call: Call): string | undefined {
  const { identity = [], boundary, resource } = policies;
  const kinds = [
    ["an identity-based policy", identity],
    ["a permissions boundary", boundary ?? []],
    ["a resource-based policy", resource],
  ] as const;
  const [denying] = kinds.find(([, statements]) => says("Deny", statements, call)) ?? [];
  if (denying !== undefined) return `with an explicit deny in ${denying}`;
  const none = (kind: string) => `because no ${kind} allows the ${call.action} action`;
  if (!says("Allow", identity, call) && !says("Allow", resource, call)) {
    return none(`${policies.identity === undefined ? "resource" : "identity"}-based policy`);
  }
  if (boundary !== undefined && !says("Allow", boundary, call)) return none("permissions boundary");
  return undefined;
}

/**
 * Whether a statement of this effect holds for a call. A condition that cannot be told holds in a
 * deny and fails in an allow, so that nothing is let through by it.
 */
function says(effect: Statement["Effect"], statements: readonly Statement[], call: Call): boolean {
  const enough = effect === "Deny" ? ["met", "unknown"] : ["met"];
  return statements.some(
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
