/** Decides whether statements allow a call. */
import type { Statement } from "./policy.ts";

/** A call as IAM sees it. */
export interface Call {
  /** `sns:Publish` */
  readonly action: string;
  /** The ARN of what is acted on; `*` for actions that name nothing. */
  readonly resource: string;
}

/**
 * An explicit deny wins, then any allow; without either the call is denied (documented:
 * docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html). A condition is
 * not evaluated here: it holds in a deny and fails in an allow, so that nothing is let through by it.
 */
export function isAllowed(statements: readonly Statement[], call: Call): boolean {
  const matching = statements.filter((statement) => matches(statement, call));
  if (matching.some(({ Effect }) => Effect === "Deny")) return false;
  return matching.some(({ Effect, Condition }) => Effect === "Allow" && Condition === undefined);
}

/** Actions match without regard to case, resources with it. */
function matches(statement: Statement, { action, resource }: Call): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  const called = action.toLowerCase();
  const onAction = Action ? named(lower(Action), called) : !named(lower(NotAction), called);
  const onResource = Resource ? named(Resource, resource) : !named(NotResource, resource);
  return onAction && onResource;
}

function named(patterns: readonly string[] | undefined, text: string): boolean {
  return (patterns ?? []).some((pattern) => likePattern(pattern).test(text));
}

function lower(patterns: readonly string[] = []): string[] {
  return patterns.map((text) => text.toLowerCase());
}

function likePattern(pattern: string): RegExp {
  const source = pattern
    .replace(/[$()+.[\\\]^{|}]/g, "\\$&")
    .replaceAll("*", "[^]*")
    .replaceAll("?", "[^]");
  return new RegExp(`^${source}$`, "u");
}
