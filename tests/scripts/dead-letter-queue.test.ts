/** What `npm run redrive` holds of a dead-letter queue. */
import { createHash } from "node:crypto";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { findQueue } from "../../scripts/dead-letters/queue.ts";
import { redrive } from "../../scripts/dead-letters/redrive.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { record } from "../support/redrive-messages.ts";
import { failure, startAccountStub, stubClients, type Answer } from "../support/account-stub.ts";

const functionArn = `arn:aws:lambda:::function:${namesOf("prod").resource("InternalLambda")}`;
const Body = record(functionArn);
const message = {
  MessageId: "an-id",
  ReceiptHandle: "a-receipt",
  Body,
  MD5OfBody: createHash("md5").update(Body).digest("hex"),
  Attributes: { SentTimestamp: "1800000000000" },
};

afterEach(() => vi.useRealTimers());

/** The queue of an account where calls of SQS are answered so. */
async function findStubbed(receive: Answer[]) {
  const stub = await startAccountStub({
    GetQueueUrl: [200, { QueueUrl: "http://127.0.0.1/queue" }],
    GetQueueAttributes: [200, { Attributes: { QueueArn: "arn:aws:sqs:::queue" } }],
    ReceiveMessage: () => receive.shift() ?? failure(500, "Over"),
    ChangeMessageVisibility: [200, {}],
    DeleteMessage: failure(403, "Refused"),
  });
  const sqs = new SQSClient({ ...stubClients(stub), useQueueUrlAsEndpoint: false });
  onTestFinished(async () => {
    sqs.destroy();
    await stub.stop();
  });
  return { stub, queue: await findQueue(sqs, { stage: "prod", local: false }) };
}

it("lets others receive what it holds when it cannot receive the rest", async () => {
  const { stub, queue } = await findStubbed([
    [200, { Messages: [message] }],
    failure(403, "AccessDeniedException"),
  ]);
  await expect(queue.holdAll(20)).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect(stub.calls.slice(-3)).toEqual([
    "ReceiveMessage",
    "ReceiveMessage",
    "ChangeMessageVisibility",
  ]);
});

it("neither processes nor releases a message that another may have by now", async () => {
  const { stub, queue } = await findStubbed([[200, { Messages: [message] }]]);
  vi.useFakeTimers({ toFake: ["Date"] });
  const process = vi.fn<() => Promise<void>>();
  const result = await redrive({
    stage: "prod",
    queue,
    approve([{ message: held } = {}]) {
      expect(held?.isHeld()).toBe(true);
      vi.setSystemTime(Date.now() + 9 * 60_000);
      return true;
    },
    process,
    signal: new AbortController().signal,
    limit: 1,
  });
  expect(result).toMatchObject({
    found: 1,
    done: 0,
    left: [{ id: "an-id", reason: expect.stringContaining("nine minutes") }],
  });
  expect(process).not.toHaveBeenCalled();
  expect(stub.calls.at(-1)).toBe("ReceiveMessage");
});

it("says of a message that it cannot delete that it was processed", async () => {
  const { queue } = await findStubbed([[200, { Messages: [message] }]]);
  const { left } = await redrive({
    stage: "prod",
    queue,
    approve: () => true,
    process: async () => {},
    signal: new AbortController().signal,
    limit: 1,
  });
  const reason = expect.stringMatching(/^it was processed, but could not be deleted \(Refused\)/);
  expect(left).toEqual([{ id: "an-id", reason }]);
});
