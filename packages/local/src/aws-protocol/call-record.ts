/** What becomes of calls at the endpoint, for what watches or disturbs them. */
import { AwsError } from "./errors.ts";
import type { Facts, ReportStep } from "../requests/step.ts";

/** A call as it is routed, filled in on its way. */
export interface RoutedCall {
  readonly startedAt: number;
  service: string | undefined;
  operation: string | undefined;
  caller: string | undefined;
  resource: string | undefined;
  error: unknown;
}

/** A call that has not been routed. */
export function newCall(): RoutedCall {
  const nothing = { service: undefined, operation: undefined, caller: undefined };
  return { startedAt: performance.now(), ...nothing, resource: undefined, error: undefined };
}

/** Reports a call of an operation as a step of the request that it belongs to. */
export function reportCall(report: ReportStep, call: RoutedCall, status: number): void {
  const { service, operation, resource, caller, error, startedAt } = call;
  if (service === undefined || operation === undefined) return;
  const facts = {
    ...(caller !== undefined && { caller }),
    ...(resource !== undefined && { resource }),
    status,
    ...factsOf(error),
  };
  const outcome = error === undefined ? "passed" : status < 500 ? "refused" : "failed";
  const reason = error instanceof Error ? error.message : undefined;
  report({ layer: "aws-call", name: `${service}:${operation}`, outcome, reason, facts, startedAt });
}

/** Of an error and what caused it: the code is the outermost, what decided is the innermost. */
function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return {};
  const inner = factsOf(error.cause);
  if (!(error instanceof AwsError)) return inner;
  return { ...error.decidedBy, ...inner, error: error.code };
}
