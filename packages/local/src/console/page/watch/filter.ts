/** Filters the list of requests. */
import type { RequestSummary } from "./request.ts";

/** What is looked for; an empty text finds everything. */
export interface Filter {
  /** The first digit of the status. */
  readonly status: string;
  readonly route: string;
  readonly layer: string;
  /** In the method, the target, the id, or a reason. */
  readonly text: string;
}

/** Finds everything. */
export const everything: Filter = { status: "", route: "", layer: "", text: "" };

/** Whether a request is looked for. */
export function matches(request: RequestSummary, filter: Filter): boolean {
  const { status, route, layer } = filter;
  const text = filter.text.trim().toLowerCase();
  return (
    String(request.status ?? "").startsWith(status) &&
    (route === "" || request.route === route) &&
    (layer === "" || request.answeredBy === layer) &&
    (text === "" || textsOf(request).some((one) => one.toLowerCase().includes(text)))
  );
}

const textsOf = ({ id, traceId, method, target, operation, reason }: RequestSummary) => [
  id,
  traceId,
  `${method} ${target}`,
  operation ?? "",
  reason ?? "",
];
