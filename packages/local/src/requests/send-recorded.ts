/** Sends a request to the API, which records it. */
import { type RawRequest, sendRaw } from "../http/send.ts";

/** There is no record of a request that was sent: the message says why. */
export class NoRecordError extends Error {
  override readonly name = "NoRecordError";
}

/** What came of a request; its record has this id. */
export interface Sent {
  readonly id: string;
  readonly status: number;
}

/** Sends it. @throws NoRecordError where nothing responds, or what responds is before the API */
export async function sendRecorded(apiUrl: string, request: RawRequest): Promise<Sent> {
  const { status, headers } = await sendRaw(apiUrl, request).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NoRecordError(`no response: ${why}`, { cause });
  });
  const id = headers["x-amzn-requestid"];
  if (typeof id !== "string") throw new NoRecordError(`no request was recorded: ${status}`);
  return { id, status };
}
