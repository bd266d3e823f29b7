/** Which requests a web ACL logs. */
import type { LoggingFilter } from "../settings/logging.ts";
import { labelsOf, type Verdict } from "../decision.ts";

/** Whether a request is logged. The first filter that is met decides (assumed: AWS does not say). */
export function isLogged(verdict: Verdict, filter: LoggingFilter | undefined): boolean {
  if (!filter) return true;
  const facts = new Set<string>([
    ...labelsOf(verdict),
    verdict.action.toUpperCase(),
    ...verdict.matched.flatMap(({ action, group }) =>
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
