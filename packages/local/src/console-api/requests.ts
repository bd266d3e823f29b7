/** Routes of recorded requests: list, one, stream, replay. */
import * as z from "zod";
import type { LogGroups } from "../services/cloudwatch-logs/log-groups.ts";
import type { LambdaService } from "../services/lambda/ports.ts";
import { answeredBy, type RequestRecord } from "../requests/record.ts";
import type { RequestRecorder } from "../requests/recorder.ts";
import { layers } from "../requests/step.ts";
import { escapeInJson } from "../text/escape.ts";
import { createEventStream } from "./event-stream.ts";
import { ApiProblem } from "./problem.ts";
import { detailOf, maskingFor, requestDetail, requestSummary, summaryOf } from "./request-view.ts";
import { replay, replayChanges, sentRequest } from "./replay.ts";
import { bare, defineRoute, type Route } from "./route.ts";

/** What the routes are about. */
export interface RequestRoutesOptions {
  readonly requests: RequestRecorder;
  readonly logs: LogGroups;
  readonly lambda: Pick<LambdaService, "getFunction">;
  /** The address of the API that requests are replayed to. */
  readonly apiUrl: () => string;
}

const reveal = z
  .stringbool()
  .default(false)
  .describe("Whether tokens, names and e-mail addresses are shown.");

const filters = {
  status: z
    .string()
    .regex(/^[1-5](?:\d\d|xx)$/, 'expected a status such as "401" or "4xx"')
    .optional(),
  route: z.string().optional().describe("The path of a resource, such as /orders/{id}."),
  layer: z.enum(layers).optional().describe("The layer that responded."),
  text: z.string().optional().describe("Anywhere in target, bodies, reasons and names of steps."),
  id: z.string().optional().describe("A request's id, or the beginning of one."),
};

const listQuery = z.strictObject({
  ...filters,
  before: z.coerce.number().int().optional().describe("The `next` of the page before."),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  reveal,
});

const requestName = z.strictObject({ id: z.string() });

/** The routes. */
export function requestRoutes(options: RequestRoutesOptions): Route[] {
  const { requests } = options;

  function find(id: string): RequestRecord {
    const found = requests.find(id);
    if (found !== undefined) return found;
    throw new ApiProblem(404, "There is no such request; the oldest are not kept.");
  }

  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/requests",
      operationId: "listRequests",
      summary: "Lists requests, newest first.",
      query: listQuery,
      result: z.strictObject({
        requests: z.array(requestSummary),
        next: z.int().nullable().describe("The `before` of the next page; null at the end."),
      }),
      handle({ query: { before = Infinity, limit, ...query } }) {
        const found = requests
          .newestFirst()
          .filter((record) => record.sequence < before && matches(record, query));
        const page = found.slice(0, limit);
        return {
          requests: page.map((record) => summaryOf(record, maskingFor(record, query.reveal))),
          next: found.length > limit ? (page.at(-1)?.sequence ?? null) : null,
        };
      },
    }),
    defineRoute({
      ...bare,
      method: "get",
      path: "/requests/stream",
      operationId: "streamRequests",
      summary:
        "Streams each request at its response, and again after later steps, as `request`; those of a quarter of a second together, or of a second in a flood; `gap` where some were missed.",
      query: z.strictObject({ reveal }),
      result: requestSummary,
      isStream: true,
      handle: ({ query }) =>
        createEventStream<RequestRecord>(
          "request",
          (listener) => requests.subscribe(listener),
          (record) =>
            escapeInJson(JSON.stringify(summaryOf(record, maskingFor(record, query.reveal)))),
        ),
    }),
    defineRoute({
      ...bare,
      method: "get",
      path: "/requests/{id}",
      operationId: "getRequest",
      summary: "One request with its steps, and the lines of logs that name it.",
      params: requestName,
      query: z.strictObject({ reveal }),
      result: requestDetail,
      handle({ params, query }) {
        const record = find(params.id);
        return detailOf(record, maskingFor(record, query.reveal), linesOf(record, options));
      },
    }),
    defineRoute({
      ...bare,
      method: "post",
      path: "/requests/{id}/replay",
      operationId: "replayRequest",
      summary: "Sends a request again, as it was or changed.",
      params: requestName,
      body: replayChanges.optional(),
      result: sentRequest,
      async handle({ params, body = {} }) {
        const sent = await replay(find(params.id), body, options.apiUrl());
        requests.markReplay(sent.id, params.id);
        return sent;
      },
    }),
  ];
}

interface Query {
  readonly status?: string | undefined;
  readonly route?: string | undefined;
  readonly layer?: string | undefined;
  readonly text?: string | undefined;
  readonly id?: string | undefined;
}

function matches(record: RequestRecord, { status, route, layer, text, id }: Query): boolean {
  const sent = record.response && String(record.response.status);
  return (
    (status === undefined || sent === status || `${sent?.slice(0, 1)}xx` === status) &&
    (route === undefined || record.route === route) &&
    (layer === undefined || (record.response && answeredBy(record)) === layer) &&
    (id === undefined || record.id.startsWith(id)) &&
    (text === undefined || textsOf(record).some((one) => one.includes(text)))
  );
}

function textsOf({ target, traceId, request, response, steps }: RequestRecord): string[] {
  const ofSteps = steps.flatMap(({ name, reason = "" }) => [name, reason]);
  return [target, traceId, String(request.body), String(response?.body ?? ""), ...ofSteps];
}

/** The lines of a request's functions that have its id or that of one of its invocations. */
function linesOf(record: RequestRecord, { logs, lambda }: RequestRoutesOptions) {
  const functions = record.steps.filter(({ layer }) => layer === "function");
  const ids = [record.id, ...functions.map(({ facts }) => String(facts?.["invocationId"]))];
  const groups = functions.map(({ name }) => lambda.getFunction(name)?.version.settings.logGroup);
  return [...new Set(groups)]
    .flatMap((group) => (group === undefined ? [] : logs.read(group, record.startedAt)))
    .filter(({ message }) => ids.some((id) => message.includes(id)))
    .toSorted((a, b) => a.timestamp - b.timestamp || a.sequence - b.sequence)
    .map(({ group, timestamp, message }) => ({
      group,
      message,
      timestamp: new Date(timestamp).toISOString(),
    }));
}
