/** In one line, what came of a request. */
import type { RequestSummary, Step } from "./request.ts";

/** What came of it by its status. */
export function outcomeOf({ status }: RequestSummary): Step["outcome"] {
  if (status === null || status < 400) return "passed";
  return status < 500 ? "refused" : "failed";
}

/** What it is: a request of the API, or a call of AWS. */
export const titleOf = ({ operation, answeredBy, method, target }: RequestSummary): string =>
  operation ?? (answeredBy === "aws-call" ? "call of AWS" : `${method} ${target}`);

/** Who answered it, and why it was not served. */
export function describeOutcome(request: RequestSummary): string {
  const { answeredBy, reason } = request;
  if (answeredBy === null) return "is served …";
  const mark = outcomeOf(request) === "passed" ? "→" : "✗";
  return `${mark} ${answeredBy}${reason === null ? "" : `: ${reason}`}`;
}
