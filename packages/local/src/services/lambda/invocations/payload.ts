/** What the payload of an invocation may be. */
import { LambdaError } from "../functions/errors.ts";
import { ASYNC_REQUEST_LIMIT } from "../functions/limits.ts";

/** Checks a payload for an invocation with this limit. @throws LambdaError */
export function checkPayload(payload: string, limit: number): void {
  const size = Buffer.byteLength(payload);
  if (size > limit) {
    const problem =
      limit === ASYNC_REQUEST_LIMIT
        ? `${String(size)} byte payload is too large for the Event invocation type (limit ${String(limit)} bytes)`
        : `Request must be smaller than ${String(limit)} bytes for the InvokeFunction operation`;
    throw new LambdaError("RequestEntityTooLargeException", problem);
  }
  try {
    JSON.parse(payload);
  } catch {
    const problem = "Could not parse request body into json: it is not JSON.";
    throw new LambdaError("InvalidRequestContentException", problem);
  }
}
