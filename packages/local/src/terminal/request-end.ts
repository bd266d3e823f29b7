/** Where a recorded request ended, and why: what a terminal shows of it. */
import { answeredBy, type RequestRecord } from "../requests/record.ts";
import { functionOf, whyNotServed } from "../requests/why-not-served.ts";
import { shortName } from "./line-head.ts";
import type { RequestLine } from "./request-line.ts";
import { shorten } from "./shorten.ts";

/** What an app says of its requests. */
export interface RequestTexts {
  /** The prefix of SST's names, which is left out. */
  readonly prefix: string;
  /** As what a request of a route is served, such as `greeted`; by default it is the function's name. */
  readonly servedAs?: ((route: string) => string | undefined) | undefined;
}

/** The most of a reason, which can name what was sent. */
const mostOfEnd = 160;

/** The line of a request; undefined while it is served. */
export function requestLineOf(record: RequestRecord, texts: RequestTexts): RequestLine | undefined {
  const { response, method, id } = record;
  if (response === undefined) return undefined;
  const { status, durationMs } = response;
  const end = shorten(status < 400 ? servedAs(record, texts) : stoppedBy(record, texts), mostOfEnd);
  const latencyMs = Math.round(durationMs);
  return { status, method, path: pathOf(record, status), end, latencyMs, requestId: id };
}

/**
 * The path as it was sent, which shows what was mistyped, where no resource matched or the function knows no
 * such route; else the resource's, whose parameters can be names. Never the query.
 */
function pathOf({ route, target }: RequestRecord, status: number): string {
  const [sent = ""] = target.split("?", 1);
  return route === undefined || status === 404 ? shorten(sent) : route;
}

function servedAs(record: RequestRecord, { prefix, servedAs: ofRoute }: RequestTexts): string {
  const name = functionOf(record);
  if (name === undefined) return "API Gateway";
  return ofRoute?.(record.route ?? "") ?? shortName(name, prefix);
}

function stoppedBy(record: RequestRecord, { prefix }: RequestTexts): string {
  const layer = answeredBy(record);
  const name = functionOf(record);
  const who = layer === "function" && name !== undefined ? shortName(name, prefix) : layer;
  const why = whyNotServed(record);
  return why === undefined ? who : `${who}: ${why}`;
}
