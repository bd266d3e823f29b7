/** Odd events for ExternalLambda, and what is wrong with how a handler takes one. */
import { routeRows, securityHeaders } from "@secure-lambda/functions/contract";
import { expect, vi } from "vitest";
import * as z from "zod";
import { problemSchema } from "../../scripts/openapi/problem-schema.ts";
import { foreignEvents, type OddEvent, withOdd, withAnything } from "../support/odd-events.ts";
import { bodyWith } from "./set-up-app.ts";
import { baseRestEvent, invokeRest, type RestAnswer, withHeaders } from "../support/rest-event.ts";

/** What no log may repeat. */
const secret = "hunter2";

const fields = [
  "httpMethod",
  "path",
  "headers",
  "multiValueHeaders",
  "multiValueQueryStringParameters",
  "body",
  "isBase64Encoded",
  "requestContext",
];
const headerNames = ["Authorization", "Content-Type", "X-A", "", "a b", "\uD800", "é", "__proto__"];
const notBase64 = ["A", "A===", "====", "e30=\n", "*", "e3\uD800", "{}"];

/** Some hundreds of events of many kinds, made from a greeting request with this token. */
export function oddRestEvents(token: string): OddEvent[] {
  const headers = { Authorization: token, "Content-Type": "application/json", "X-Api-Key": secret };
  const good = {
    ...baseRestEvent,
    ...withHeaders(headers),
    body: bodyWith({ name: "Ada" }),
    multiValueQueryStringParameters: { a: [secret] },
  };
  const { multiValueHeaders, requestContext } = good;
  return [
    ...foreignEvents,
    ...fields.flatMap((field) => withOdd(field, (value) => ({ ...good, [field]: value }))),
    ...headerNames.flatMap((name) =>
      withOdd(`the header ${name}`, (value) => {
        const odd = Object.fromEntries([[name, [value]]]);
        return { ...good, multiValueHeaders: { ...multiValueHeaders, ...odd } };
      }),
    ),
    ...withOdd("the request id", (requestId) => {
      return { ...good, requestContext: { ...requestContext, requestId } };
    }),
    ...notBase64.map((body): OddEvent => [
      `Base64 ${body}`,
      { ...good, body, isBase64Encoded: true },
    ]),
    ...withAnything(good, 200),
  ];
}

const headersSchema = z.looseObject(
  Object.fromEntries(
    Object.entries(securityHeaders).map(([name, value]) => [
      name.toLowerCase(),
      z.tuple([z.literal(value)]),
    ]),
  ),
);

/** The one line of a request, as the console gets it. */
const linesSchema = z.tuple([
  z.tuple([
    z.strictObject({
      message: z.string().regex(/^[A-Z]{3,9} \S+ \d{3}$/),
      correlationId: z.string().regex(/^[\w-]{1,128}$/),
      route: z.enum(["(none)", ...routeRows.map(({ path }) => path)]),
      status: z.int(),
      subject: z.literal("subject-1").optional(),
      messageId: z.string().optional(),
      error: z.looseObject({ type: z.string() }).optional(),
      stack: z.array(z.string().startsWith("at ")).optional(),
    }),
  ]),
]);

const levels = ["debug", "info", "log", "warn", "error"] as const;

/**
 * Invokes a handler with each event. Lists those that get no greeting and no problem with all security
 * headers, and those that the console gets otherwise than as one line of the request log's form.
 */
export async function faultsOf(
  handler: (event: never) => Promise<unknown>,
  events: readonly OddEvent[],
): Promise<string[]> {
  const written: unknown[][] = [];
  const consoles = levels.map((level) =>
    vi.spyOn(console, level).mockImplementation((...line) => void written.push(line)),
  );
  const faults: string[] = [];
  for (const [title, event] of events) {
    written.length = 0;
    try {
      expectOwnForm(await invokeRest(handler, event), written);
    } catch (error) {
      faults.push(`${title}: ${String(error)}`);
    }
  }
  for (const spy of consoles) spy.mockRestore();
  return faults;
}

function expectOwnForm(
  { statusCode, multiValueHeaders, body }: RestAnswer,
  written: unknown,
): void {
  headersSchema.parse(multiValueHeaders);
  const [[line]] = linesSchema.parse(written);
  expect(line.status).toBe(statusCode);
  expect(line.message.endsWith(` ${line.route} ${statusCode}`)).toBe(true);
  expect(JSON.stringify(line)).not.toContain(secret);
  // A response to HEAD has no body, as HTTP has it.
  if (statusCode === 200 || body === "") return;
  const { status, requestId } = problemSchema.parse(JSON.parse(body));
  expect([status, requestId]).toEqual([statusCode, line.correlationId]);
}
