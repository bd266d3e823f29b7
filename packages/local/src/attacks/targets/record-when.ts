/** Waits for the record of a request to come to something. */
import type { RequestRecord } from "../../requests/record.ts";
import type { RequestRecorder } from "../../requests/recorder.ts";
import { NoRecordError } from "../../requests/send-recorded.ts";

/** What is waited for. */
interface Awaited {
  readonly isReached: (record: RequestRecord) => boolean;
  /** It is as it is then. */
  readonly mostMs: number;
}

/** Its response is there, which the recorder reads after it was sent. */
export const hasEnded: Awaited = {
  isReached: ({ response }) => response !== undefined,
  mostMs: 30_000,
};

/** The record once it has come to it, or the time is over. @throws NoRecordError where there is no such record */
export async function recordWhen(
  requests: Pick<RequestRecorder, "find" | "subscribe">,
  id: string,
  { isReached, mostMs }: Awaited,
): Promise<RequestRecord> {
  const record = requests.find(id);
  if (record === undefined)
    throw new NoRecordError(`no record of the request ${id}: it is not kept any more`);
  const { promise, resolve } = Promise.withResolvers<void>();
  const unsubscribe = requests.subscribe((changed) => {
    if (changed.id === id && isReached(changed)) resolve();
  });
  const timer = setTimeout(resolve, mostMs);
  if (isReached(record)) resolve();
  await promise;
  clearTimeout(timer);
  unsubscribe();
  return record;
}
