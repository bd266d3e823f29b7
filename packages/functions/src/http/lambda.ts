/** The app as a Lambda function: an event of API Gateway's REST proxy integration in, its response out. */
import { correlationIdSchema } from "@secure-lambda/core";
import type { Hono } from "hono";
import * as z from "zod/mini";
import type { AppEnv } from "./app-env.ts";

/** A caller can choose API Gateway's request id (documented), so one of another form is replaced. */
const idSchema = z.object({ requestContext: z.object({ requestId: correlationIdSchema }) });

const valuesSchema = z.nullable(z.record(z.string(), z.array(z.string())));
/** What the app needs of an event (APIGW/set-up-lambda-proxy-integrations). */
const eventSchema = z.object({
  httpMethod: z.enum(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]),
  path: z.string().check(z.startsWith("/")),
  multiValueHeaders: valuesSchema,
  multiValueQueryStringParameters: valuesSchema,
  body: z.nullable(z.string().check(z.refine((text) => text.isWellFormed()))),
  isBase64Encoded: z.boolean(),
});

/** The event is no request that API Gateway can have received. */
export class MalformedEventError extends Error {
  override readonly name = "MalformedEventError";
}

/** Creates the function's handler. Whatever the event, it is the app that responds and logs. */
export const handle = (app: Hono<AppEnv>) => async (event: unknown) => {
  const id = idSchema.safeParse(event).data?.requestContext.requestId ?? crypto.randomUUID();
  const response = await respond(app, event, id);
  const headers = [...response.headers].map(([name, value]) => [name, [value]] as const);
  return {
    statusCode: response.status,
    multiValueHeaders: Object.fromEntries(headers),
    body: await response.text(),
    isBase64Encoded: false,
  };
};

async function respond(app: Hono<AppEnv>, event: unknown, correlationId: string) {
  try {
    return await app.fetch(requestOf(event), { correlationId });
  } catch (cause) {
    const failure = cause instanceof Error ? cause : new Error("Not an error.", { cause });
    const request = new Request("https://api.invalid", { method: "EVENT" });
    return app.fetch(request, { correlationId, failure });
  }
}

function requestOf(event: unknown): Request {
  try {
    const { httpMethod: method, path, body: text, ...parsed } = eventSchema.parse(event);
    const query = new URLSearchParams(pairsOf(parsed.multiValueQueryStringParameters));
    const headers = pairsOf(parsed.multiValueHeaders, printable);
    const body = parsed.isBase64Encoded ? textOf(text) : text;
    if (body?.startsWith("\uFEFF")) throw new Error("There is a byte order mark (RFC 8259, 8.1).");
    const url = `https://api.invalid${path}?${query.toString()}`;
    return new Request(url, { method, headers, body: body || null });
  } catch (cause) {
    throw new MalformedEventError("The event is not a request.", { cause });
  }
}

/** Bytes that are not UTF-8 are refused: U+FFFD in their place would be another name. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const textOf = (text: unknown) => utf8.decode(Buffer.from(z.base64().parse(text), "base64"));

const pairsOf = (values: z.infer<typeof valuesSchema>, encode = (value: string) => value) =>
  Object.entries(values ?? {}).flatMap(([name, all]) =>
    all.map((value): [string, string] => [name, encode(value)]),
  );

/** A header holds bytes: what is not printable ASCII is percent-encoded, and nothing reads it. */
const printable = (value: string) => value.toWellFormed().replace(/[^\t -~]+/g, encodeURIComponent);
