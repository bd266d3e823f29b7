/** Publish and PublishBatch. */
import * as z from "zod";
import { AwsError, unsupported } from "../../../aws-protocol/errors.ts";
import { messageAttributes } from "../../sqs/message-attributes.ts";
import { invalidParameter } from "../errors.ts";
import { checkPublication, largestMessage, sizeOf, type Publication } from "../publication.ts";
import type { Topics } from "../topics.ts";
import { listOf, operation, type Operations } from "./operation.ts";

const message = {
  Message: z.string(),
  Subject: z.string().optional(),
  MessageAttributes: messageAttributes.default({}),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
  MessageStructure: z.string().optional(),
};
const entry = z.strictObject({ Id: z.string(), ...message });

/** The operations over `topics`, by AWS's name. */
export function publishOperations(topics: Topics): Operations {
  return {
    Publish: operation(
      z.strictObject({
        TopicArn: z.string().default(""),
        TargetArn: z.string().optional(),
        PhoneNumber: z.string().optional(),
        ...message,
      }),
      ({ TopicArn, TargetArn, PhoneNumber, ...input }, { caller, traceHeader }) => {
        rejectParameters("Publish", { TargetArn, PhoneNumber });
        const publication = { ...publicationOf("Publish", input), traceHeader };
        return { MessageId: topics.publish(TopicArn, publication, caller) };
      },
    ),

    PublishBatch: operation(
      z.strictObject({
        TopicArn: z.string(),
        PublishBatchRequestEntries: listOf(entry).default([]),
      }),
      ({ TopicArn, PublishBatchRequestEntries: entries }, { caller, traceHeader }) => {
        topics.get(TopicArn);
        checkEntries(entries.map(({ Id }) => Id));
        const publications = entries.map(({ Id, ...input }) => ({
          Id,
          publication: { ...publicationOf("PublishBatch", input), traceHeader },
        }));
        // One entry that is not valid fails the batch (recorded: LocalStack test_publish_batch_exceptions).
        for (const { publication } of publications) checkPublication(publication);
        const size = publications.reduce((sum, { publication }) => sum + sizeOf(publication), 0);
        if (size > largestMessage) {
          const text = "The length of all the messages put together is more than the limit.";
          throw new AwsError("BatchRequestTooLong", text);
        }
        const member = publications.map(({ Id, publication }) => ({
          Id,
          MessageId: topics.publish(TopicArn, publication, caller),
        }));
        return { Successful: { member }, Failed: {} };
      },
    ),
  };
}

/** Rejects parameters by which a message would go elsewhere, or be another one, than asked. */
function rejectParameters(name: string, parameters: Record<string, string | undefined>): void {
  const [given] = Object.entries(parameters).find(([, value]) => value !== undefined) ?? [];
  if (given !== undefined) throw unsupported(`sns:${name} with ${given}`, "InvalidParameter");
}

function publicationOf(name: string, input: Omit<z.infer<typeof entry>, "Id">): Publication {
  const { MessageStructure, MessageDeduplicationId } = input;
  rejectParameters(name, { MessageStructure });
  if (MessageDeduplicationId !== undefined) {
    const reason =
      "The request includes MessageDeduplicationId parameter that is not valid for this topic type";
    throw invalidParameter(`MessageDeduplicationId Reason: ${reason}`);
  }
  return {
    message: input.Message,
    subject: input.Subject,
    attributes: input.MessageAttributes,
    groupId: input.MessageGroupId,
  };
}

const mostEntries = 10;

/** Recorded: LocalStack test_publish_batch_exceptions, test_publish_batch_invalid_entry_id. */
function checkEntries(ids: readonly string[]): void {
  if (ids.length === 0) {
    throw new AwsError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  }
  if (ids.length > mostEntries) {
    const text = "The batch request contains more entries than permissible.";
    throw new AwsError("TooManyEntriesInBatchRequest", text);
  }
  if (new Set(ids).size < ids.length) {
    const text = "Two or more batch entries in the request have the same Id.";
    throw new AwsError("BatchEntryIdsNotDistinct", text);
  }
  const wrong = ids.find((id) => !/^[\w-]{1,80}$/.test(id));
  if (wrong === undefined) return;
  const problem = wrong.length > 80 ? "is too long" : "contains an impermissible character";
  throw new AwsError(
    "InvalidBatchEntryId",
    `The Id of a batch entry in the batch request ${problem}: ${wrong}`,
  );
}
