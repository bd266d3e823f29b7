/** Sends a recorded request to the gateway again. */
import * as z from "zod";
import type { RawRequest } from "../http/send.ts";
import { answeredBy, type RequestRecord } from "../requests/record.ts";
import { NoRecordError, sendRecorded } from "../requests/send-recorded.ts";
import { ApiProblem } from "./problem.ts";

/** No header and no part of a target can end a line of HTTP. */
const line = z.string().regex(/^[\x20-\x7e\x80-\xff\t]*$/, "expected one line of Latin-1");

/** The parts of a request. */
export const requestParts = {
  method: z.string().regex(/^[A-Za-z]+$/, "expected a method"),
  target: z.string().regex(/^\/[\x21-\x7e]*$/, "expected a path that begins with /"),
  headers: z.array(
    z.tuple([z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "expected a header's name"), line]),
  ),
  body: z.string(),
};

/** What of it is changed; what is absent stays. */
export const replayChanges = z.strictObject({
  method: requestParts.method.optional(),
  target: requestParts.target.optional(),
  headers: requestParts.headers
    .optional()
    .describe("All of them, in place of those that were sent."),
  body: requestParts.body.optional(),
});

/** A request that was sent. */
export const sentRequest = z.strictObject({ id: z.string(), status: z.int() });

/** Sends it; gives the id of the new request. @throws ApiProblem for a call of AWS, and where its body is not all there */
export async function replay(
  record: RequestRecord,
  changes: z.infer<typeof replayChanges>,
  apiUrl: string,
): Promise<z.infer<typeof sentRequest>> {
  if (record.response !== undefined && answeredBy(record) === "aws-call") {
    throw new ApiProblem(
      409,
      "It is a call of AWS, not a request of the API: make it again there.",
    );
  }
  const { method = record.method, target = record.target } = changes;
  const body = changes.body === undefined ? wholeBodyOf(record) : Buffer.from(changes.body);
  const given = changes.headers ?? record.request.headers;
  const headers = given.filter(([name]) => name.toLowerCase() !== "x-amzn-trace-id");
  return sendToApi(apiUrl, { method, target, headers, body });
}

/** Sends a request to the API; gives its id. @throws ApiProblem where it became no request of the API */
export async function sendToApi(
  apiUrl: string,
  request: RawRequest,
): Promise<z.infer<typeof sentRequest>> {
  try {
    return await sendRecorded(apiUrl, request);
  } catch (error) {
    if (!(error instanceof NoRecordError)) throw error;
    throw new ApiProblem(409, `The API's server did not serve it: ${error.message}.`);
  }
}

function wholeBodyOf({ request: { headers, body, bodyBytes } }: RequestRecord): Buffer {
  const [, announced] = headers.find(([name]) => name.toLowerCase() === "content-length") ?? [];
  if (body.byteLength === Number(announced ?? bodyBytes)) return body;
  const detail =
    "Not all of its body was read, or kept: send one as `body`, or an empty one for none.";
  throw new ApiProblem(409, detail);
}
