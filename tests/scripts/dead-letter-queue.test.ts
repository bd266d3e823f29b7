/** What `npm run redrive` holds of a dead-letter queue. */
import { createHash } from "node:crypto";
import { SQSClient } from "@aws-sdk/client-sqs";
import { expect, it, onTestFinished } from "vitest";
import { findQueue } from "../../scripts/dead-letters/queue.ts";
import { failure, startAccountStub, stubClients, type Answer } from "../support/account-stub.ts";

const Body = "a dead letter";
const message = {
  MessageId: "an-id",
  ReceiptHandle: "a-receipt",
  Body,
  MD5OfBody: createHash("md5").update(Body).digest("hex"),
  Attributes: { SentTimestamp: "1800000000000" },
};

it("lets others receive what it holds when it cannot receive the rest", async () => {
  const received: Answer[] = [
    [200, { Messages: [message] }],
    failure(403, "AccessDeniedException"),
  ];
  const stub = await startAccountStub({
    GetQueueUrl: [200, { QueueUrl: "http://127.0.0.1/queue" }],
    GetQueueAttributes: [200, { Attributes: { QueueArn: "arn:aws:sqs:::queue" } }],
    ReceiveMessage: () => received.shift() ?? failure(500, "Over"),
    ChangeMessageVisibility: [200, {}],
  });
  const sqs = new SQSClient({ ...stubClients(stub), useQueueUrlAsEndpoint: false });
  onTestFinished(async () => {
    sqs.destroy();
    await stub.stop();
  });
  const queue = await findQueue(sqs, { stage: "prod", local: false });
  await expect(queue.holdAll(20)).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect(stub.calls.slice(-3)).toEqual([
    "ReceiveMessage",
    "ReceiveMessage",
    "ChangeMessageVisibility",
  ]);
});
