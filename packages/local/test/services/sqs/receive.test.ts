/** What ReceiveMessage takes and returns, and what receipts are good for. */
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

let aws: StartedCloud;
let QueueUrl: string;
beforeAll(async () => {
  aws = await startTestCloud();
  QueueUrl = aws.queues.create("names").url;
});
afterAll(() => aws.stop());

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
test.each([
  [{ MaxNumberOfMessages: 0 }, "MaxNumberOfMessages"],
  [{ MaxNumberOfMessages: 11 }, "MaxNumberOfMessages"],
  [{ MaxNumberOfMessages: 1.5 }, "MaxNumberOfMessages"],
  [{ VisibilityTimeout: -1 }, "VisibilityTimeout"],
  [{ VisibilityTimeout: 43_201 }, "VisibilityTimeout"],
  [{ WaitTimeSeconds: -1 }, "WaitTimeSeconds"],
  [{ WaitTimeSeconds: 21 }, "WaitTimeSeconds"],
  [{ ReceiveRequestAttemptId: "1" }, "ReceiveRequestAttemptId"],
  [{ AttributeNames: ["Colour"] }, "Colour"],
  [{ MessageSystemAttributeNames: ["VisibilityTimeout"] }, "VisibilityTimeout"],
])("ReceiveMessage with %o is rejected", async (input, message) => {
  const receive = aws.clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, ...(input as object) }),
  );
  await expect(receive).rejects.toThrow(message);
});

test("the system attributes that are asked for are returned, by either list of names", async () => {
  const { sqs } = aws.clients;
  const SentTimestamp = String(aws.now());
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "m" }));
  const receive = async (input: object) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0, ...input })))
      .Messages?.[0]?.Attributes;
  expect(await receive({})).toBeUndefined();
  expect(await receive({ AttributeNames: ["SentTimestamp"] })).toEqual({ SentTimestamp });
  const count = { MessageSystemAttributeNames: ["ApproximateReceiveCount"] };
  expect(await receive(count)).toEqual({ ApproximateReceiveCount: "3" });
  expect(await receive({ MessageSystemAttributeNames: ["All"] })).toEqual({
    SenderId: "000000000000",
    SentTimestamp,
    ApproximateReceiveCount: "4",
    ApproximateFirstReceiveTimestamp: SentTimestamp,
  });
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  expect(await receive({})).toBeUndefined();
});

describe("a batch of receipts answers every entry", () => {
  test("that deletes or hides", async () => {
    await aws.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "m" }));
    const { Messages } = await aws.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const ReceiptHandle = present(Messages?.[0]?.ReceiptHandle);
    const hidden = await aws.clients.sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: [
          { Id: "good", ReceiptHandle, VisibilityTimeout: 9 },
          { Id: "late", ReceiptHandle, VisibilityTimeout: 43_201 },
          { Id: "other", ReceiptHandle: "garbage", VisibilityTimeout: 9 },
        ],
      }),
    );
    expect(hidden.Successful).toEqual([{ Id: "good" }]);
    expect(hidden.Failed).toMatchObject([
      { Id: "late", Code: "InvalidParameterValue", SenderFault: true },
      { Id: "other", Code: "ReceiptHandleIsInvalid", SenderFault: true },
    ]);
    const Entries = [
      { Id: "good", ReceiptHandle },
      { Id: "empty", ReceiptHandle: "" },
    ];
    const deleted = await aws.clients.sqs.send(
      new DeleteMessageBatchCommand({ QueueUrl, Entries }),
    );
    expect(deleted.Successful).toEqual([{ Id: "good" }]);
    expect(deleted.Failed).toMatchObject([{ Id: "empty", Code: "MissingParameter" }]);
  });

  test("and is rejected without entries, or with an id twice", async () => {
    const twice = [1, 2].map(() => ({ Id: "1", ReceiptHandle: "x", VisibilityTimeout: 1 }));
    for (const [Entries, name] of [
      [[], "EmptyBatchRequest"],
      [twice, "BatchEntryIdsNotDistinct"],
    ] as const) {
      const input = { QueueUrl, Entries: [...Entries] };
      await expect(
        aws.clients.sqs.send(new DeleteMessageBatchCommand(input)),
      ).rejects.toMatchObject({
        name,
      });
      await expect(
        aws.clients.sqs.send(new ChangeMessageVisibilityBatchCommand(input)),
      ).rejects.toMatchObject({ name });
    }
  });
});

const missing = (parameter: string) =>
  expect.objectContaining({
    name: "MissingParameter",
    message: `The request must contain the parameter ${parameter}.`,
  });

test("a parameter that is missing is named", async () => {
  const { sqs } = aws.clients;
  await expect(sqs.send(new PurgeQueueCommand({ QueueUrl: "" }))).rejects.toEqual(
    missing("QueueUrl"),
  );
  await expect(sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: "" }))).rejects.toEqual(
    missing("ReceiptHandle"),
  );
  await expect(
    sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: "x",
        VisibilityTimeout: undefined,
      }),
    ),
  ).rejects.toThrow("VisibilityTimeout");
});

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sqs/test_sqs.snapshot.json (test_non_existent_queue)
test("a queue that was deleted keeps SQS's own error, also the code of the query protocol", async () => {
  const { url } = aws.queues.create("deleted");
  await aws.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
  const sent = aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "b" }));
  const error: unknown = await sent.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(QueueDoesNotExist);
  expect(error).toMatchObject({ Code: "AWS.SimpleQueueService.NonExistentQueue" });
});
