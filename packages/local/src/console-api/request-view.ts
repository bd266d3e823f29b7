/** Recorded requests as the API gives them, masked unless asked for. */
import * as z from "zod/mini";
import { mostBodyBytes, type Message } from "../requests/message.ts";
import { answeredBy, type RequestRecord } from "../requests/record.ts";
import { hiding, maskingOf, revealing, type Masking } from "../requests/masking.ts";
import { layers, outcomes } from "../requests/step.ts";
import { whyNotServed } from "../requests/why-not-served.ts";

const milliseconds = z.number().check(z.describe("Milliseconds."));

const message = z.strictObject({
  headers: z.array(z.tuple([z.string(), z.string()])).check(z.describe("As sent, in their order.")),
  body: z.string(),
  bodyEncoding: z.enum(["utf8", "base64"]),
  bodyBytes: z.int(),
  isTruncated: z
    .boolean()
    .check(z.describe(`Whether there was more than ${mostBodyBytes} bytes of body.`)),
});

const step = z.strictObject({
  layer: z.enum(layers),
  name: z.string().check(z.describe("The web ACL, authorizer, function, operation of AWS …")),
  outcome: z.enum(outcomes),
  reason: z.optional(z.string()).check(z.describe("Why it was refused or failed.")),
  facts: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .check(z.describe("What decided: rule, claim, limit, statement and policy …")),
  startMs: milliseconds.check(z.describe("After the request's start.")),
  durationMs: milliseconds,
});

/** A line of a list of requests. */
export const requestSummary = z.strictObject({
  id: z.string().check(z.describe("API Gateway's request id, which is the correlation id.")),
  traceId: z.string(),
  sequence: z.int(),
  startedAt: z.iso.datetime(),
  method: z.string(),
  target: z.string().check(z.describe("The path and query as sent.")),
  route: z.nullable(z.string()),
  operation: z
    .nullable(z.string())
    .check(z.describe("Of AWS, such as sns:Publish; null for a request of the API.")),
  status: z.nullable(z.int()).check(z.describe("Null while it is served.")),
  durationMs: z.nullable(milliseconds),
  answeredBy: z.nullable(z.enum(layers)),
  reason: z.nullable(z.string()).check(z.describe("Why it was not served.")),
  replayOf: z.nullable(z.string()).check(z.describe("The id of the request that it repeats.")),
});

const logLine = z.strictObject({
  group: z.string(),
  timestamp: z.iso.datetime(),
  message: z.string(),
});

/** One request, whole. */
export const requestDetail = z.extend(requestSummary, {
  sourceIp: z.string(),
  request: message,
  response: z.nullable(message),
  steps: z.array(step).check(z.describe("In the order of their starts.")),
  droppedSteps: z.int().check(z.describe("How many steps more there were.")),
  logs: z.array(logLine).check(z.describe("Lines of its functions that name it.")),
});

type Summary = z.infer<typeof requestSummary>;

/** Of requests that are over, since lists are read again and again. */
const maskings = new WeakMap<RequestRecord, Masking>();

/** What masks a request; nothing where everything is asked for. */
export function maskingFor(record: RequestRecord, reveal: boolean): Masking {
  if (reveal) return revealing;
  const masking = maskings.get(record) ?? newMasking(record);
  if (record.response !== undefined) maskings.set(record, masking);
  return masking;
}

function newMasking({ target, request, response }: RequestRecord): Masking {
  // What is personal in a body of which only the beginning is kept cannot be told.
  if (request.bodyBytes > request.body.byteLength) return hiding;
  const messages = response === undefined ? [request] : [request, response];
  return maskingOf({
    target,
    headers: messages.flatMap(({ headers }) => headers),
    bodies: messages.map(({ body }) => body.toString()),
  });
}

/** A line of a list. */
export function summaryOf(record: RequestRecord, masking: Masking): Summary {
  const { id, traceId, sequence, method, target, response } = record;
  const why = whyNotServed(record);
  return {
    id,
    traceId,
    sequence,
    method,
    startedAt: new Date(record.startedAt).toISOString(),
    target: masking.text(target),
    route: record.route ?? null,
    operation: operationOf(record) ?? null,
    status: response?.status ?? null,
    durationMs: response?.durationMs ?? null,
    answeredBy: response ? answeredBy(record) : null,
    reason: why === undefined ? null : masking.text(why),
    replayOf: record.replayOf ?? null,
  };
}

function operationOf(record: RequestRecord): string | undefined {
  if (record.response === undefined || answeredBy(record) !== "aws-call") return undefined;
  return record.steps.find(({ layer }) => layer === "aws-call")?.name;
}

/** A request with everything that is known of it. */
export function detailOf(
  record: RequestRecord,
  masking: Masking,
  logs: z.infer<typeof logLine>[],
): z.infer<typeof requestDetail> {
  const { sourceIp, request, response, steps, droppedSteps } = record;
  return {
    ...summaryOf(record, masking),
    sourceIp,
    droppedSteps,
    request: messageOf(request, masking),
    response: response ? messageOf(response, masking) : null,
    steps: steps
      .toSorted((one, other) => one.startMs - other.startMs)
      .map(({ reason, facts, ...rest }) => ({
        ...rest,
        ...(reason !== undefined && { reason: masking.text(reason) }),
        facts: Object.fromEntries(
          Object.entries(facts ?? {}).map(([fact, value]) => [
            fact,
            typeof value === "string" ? masking.text(value) : value,
          ]),
        ),
      })),
    logs: logs.map((line) => ({ ...line, message: masking.text(line.message) })),
  };
}

function messageOf({ headers, body, bodyBytes }: Message, masking: Masking) {
  const text = body.toString();
  const isText = Buffer.from(text).equals(body);
  return {
    headers: masking.headers(headers).map(([name, value]): [string, string] => [name, value]),
    body: masking.body(isText ? text : body.toString("base64")),
    bodyEncoding: isText ? ("utf8" as const) : ("base64" as const),
    bodyBytes,
    isTruncated: bodyBytes > body.byteLength,
  };
}
