/** Reports an invocation as a step of the request that it belongs to. */
import type { ReportStep } from "../../../requests/step.ts";
import type { InvocationResult } from "./invocation.ts";

/** Reports it; each attempt of an asynchronous invocation is one, with the same id. */
export function reportInvocation(
  report: ReportStep,
  name: string,
  result: InvocationResult,
  startedAt: number,
): void {
  const facts = { invocationId: result.requestId };
  if (result.ok) {
    report({ layer: "function", name, outcome: "passed", facts, startedAt });
    return;
  }
  const { kind, errorType } = result;
  const outcome = kind === "throttled" ? "refused" : "failed";
  const failed = { ...facts, kind, errorType };
  report({ layer: "function", name, outcome, reason: reasons[kind], facts: failed, startedAt });
}

const reasons = {
  function: "the function threw an error",
  timeout: "the function ran longer than its timeout",
  exit: "the process of the function ended",
  init: "the function could not be initialized",
  throttled: "the function's reserved concurrency is used up",
  notFound: "there is no such function",
} as const;
