/** Reports a dead letter as a step of the request that it comes from. */
import type { ReportStep } from "../../requests/step.ts";
import type { DeadLetter } from "./dead-letter.ts";

/** Reports it: where the request ended, in place of its consumer. */
export function reportDeadLetter(report: ReportStep, { queueArn, sourceArn, reason }: DeadLetter) {
  report({
    layer: "dead-letter",
    name: queueArn.split(":").at(-1) ?? queueArn,
    outcome: "failed",
    reason,
    facts: { source: sourceArn },
    startedAt: performance.now(),
  });
}
