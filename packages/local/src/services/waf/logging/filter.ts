/** The logging filter of a web ACL. */
import type { LoggingFilter } from "../settings/logging.ts";
import { labelsOf, type Decision } from "../evaluation/decision.ts";

/** Whether a request is logged. The first filter that matches decides (assumed: not documented). */
export function shouldLog(decision: Decision, filter: LoggingFilter | undefined): boolean {
  if (!filter) return true;
  const facts = new Set<string>([
    ...labelsOf(decision),
    decision.action.toUpperCase(),
    ...decision.matched.flatMap(({ action, group }) =>
      [action ?? [], ...(group?.matched ?? []).map((match) => match.action)]
        .flat()
        .map((name) => name.toUpperCase()),
    ),
  ]);
  const met = filter.filters.find(({ conditions, requirement }) => {
    const results = conditions.map(({ actionCondition, labelNameCondition }) =>
      facts.has(actionCondition?.action ?? labelNameCondition?.labelName ?? ""),
    );
    return requirement === "MEETS_ALL" ? results.every(Boolean) : results.some(Boolean);
  });
  return (met?.behavior ?? filter.defaultBehavior) === "KEEP";
}
