/** Sends a recorded request to the gateway again. */
import { request as send } from "node:http";
import { buffer } from "node:stream/consumers";
import * as z from "zod";
import type { RequestRecord } from "../requests/record.ts";
import { ApiProblem } from "./problem.ts";

/** No header and no part of a target can end a line of HTTP. */
const line = z.string().regex(/^[\x20-\x7e\x80-\xff\t]*$/, "expected one line of Latin-1");

/** What of it is changed; what is absent stays. */
export const replayChanges = z.strictObject({
  method: z
    .string()
    .regex(/^[A-Za-z]+$/, "expected a method")
    .optional(),
  target: z
    .string()
    .regex(/^\/[\x21-\x7e]*$/, "expected a path that begins with /")
    .optional(),
  headers: z
    .array(z.tuple([z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "expected a header's name"), line]))
    .optional()
    .describe("All of them, in place of those that were sent."),
  body: z.string().optional(),
});

/** Of one connection, or made for each request. */
const ownHeaders =
  /^(?:host|connection|content-length|transfer-encoding|expect|keep-alive|x-amzn-trace-id)$/i;

/** Sends it; gives the id of the new request. @throws ApiProblem when its body is not all there */
export async function replay(
  record: RequestRecord,
  changes: z.infer<typeof replayChanges>,
  apiUrl: string,
): Promise<{ readonly id: string; readonly status: number }> {
  const { method = record.method, target = record.target } = changes;
  const body = changes.body === undefined ? wholeBodyOf(record) : Buffer.from(changes.body);
  const given = changes.headers ?? record.request.headers;
  const headers = given.filter(([name]) => !ownHeaders.test(name));
  const { hostname, port, host } = new URL(apiUrl);
  const named = headers.concat([["Host", host]]);
  if (body.byteLength > 0) named.push(["Content-Length", String(body.byteLength)]);

  const { promise, resolve, reject } = Promise.withResolvers<{ id: string; status: number }>();
  const outgoing = send({ hostname, port, method, path: target, headers: named.flat() });
  outgoing.on("error", reject);
  outgoing.on("response", (incoming) => {
    const { statusCode: status = 0, headers: received } = incoming;
    const id = String(received["x-amzn-requestid"]);
    // The whole of it, so that the record is complete.
    buffer(incoming).then(() => resolve({ id, status }), reject);
  });
  outgoing.end(body);
  return promise;
}

function wholeBodyOf({ request: { headers, body, bodyBytes } }: RequestRecord): Buffer {
  const [, announced] = headers.find(([name]) => name.toLowerCase() === "content-length") ?? [];
  if (body.byteLength === Number(announced ?? bodyBytes)) return body;
  const detail =
    "Not all of its body was read, or kept: send one as `body`, or an empty one for none.";
  throw new ApiProblem(409, detail);
}
