/** Batches: each entry succeeds or fails by itself, once the batch as a whole is valid. */
import { AwsError } from "../../../aws-protocol/errors.ts";
import { sqsError } from "../errors.ts";

/** An entry of a batch. */
interface Entry {
  readonly Id: string;
}

const mostEntries = 10;

/** Checks the number and the ids of entries (documented: SQS-API/SendMessageBatch). @throws AwsError */
export function checkBatch(entries: readonly Entry[]): void {
  if (entries.length === 0) {
    throw sqsError("EmptyBatchRequest", "There should be at least one entry in the request.");
  }
  if (entries.length > mostEntries) {
    const message = `Maximum number of entries per request are ${mostEntries}. You have sent ${entries.length}.`;
    throw sqsError("TooManyEntriesInBatchRequest", message);
  }
  const ids = entries.map(({ Id }) => Id);
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id))) {
    const message =
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.";
    throw sqsError("InvalidBatchEntryId", message);
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined)
    throw sqsError("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
}

/** Runs each entry of a batch, which was checked; an AwsError fails its entry. */
export function runBatch<T extends Entry>(entries: readonly T[], run: (entry: T) => object) {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    const { Id } = entry;
    try {
      Successful.push({ Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id, SenderFault: true, Code: error.queryCode, Message: error.message });
    }
  }
  return { Successful, Failed };
}
