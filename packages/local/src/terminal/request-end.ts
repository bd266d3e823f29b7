/** Where a recorded request ended, and why: what a terminal shows of it. */
import * as z from "zod";
import { answeredBy, type RecordedStep, type RequestRecord } from "../requests/record.ts";
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
  const { steps } = record;
  const layer = answeredBy(record);
  const name = functionOf(record);
  if (layer !== "function" || name === undefined) {
    const step = steps.find((each) => each.layer === layer && each.outcome !== "passed");
    return withReason(layer, step?.reason);
  }
  const called = shortName(name, prefix);
  const failed = steps.find((step) => step.layer === "function" && step.name === name);
  if (failed !== undefined && failed.outcome !== "passed") {
    const type = failed.facts?.["errorType"];
    return `${withReason(called, failed.reason)}${type === undefined ? "" : ` (${type})`}`;
  }
  const refusedByGateway =
    ofIntegration(record)?.outcome === "passed" ? undefined : "its response is malformed";
  const call = steps.find((step) => step.layer === "aws-call" && step.outcome !== "passed");
  const why = call === undefined ? "" : ` (${call.name}: ${call.reason ?? "failed"})`;
  return withReason(called, `${refusedByGateway ?? titleOf(record) ?? ""}${why}`.trim());
}

const withReason = (who: string, reason = "") => (reason === "" ? who : `${who}: ${reason}`);

const ofIntegration = ({ steps }: RequestRecord): RecordedStep | undefined =>
  steps.find(({ layer }) => layer === "integration");

/** The function that the request was for: another one can have been invoked because of it. */
function functionOf(record: RequestRecord): string | undefined {
  const integration = ofIntegration(record);
  const isInvoked = record.steps.some(
    ({ layer, name }) => layer === "function" && name === integration?.name,
  );
  return isInvoked ? integration?.name : undefined;
}

const problemSchema = z.object({ title: z.string() });

/** The title of a problem (RFC 9457), the one text of an error's body that is the same for every request. */
function titleOf({ response }: RequestRecord): string | undefined {
  const type = response?.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  if (response === undefined || type?.startsWith("application/problem+json") !== true)
    return undefined;
  try {
    return problemSchema.safeParse(JSON.parse(response.body.toString())).data?.title;
  } catch {
    return undefined;
  }
}
