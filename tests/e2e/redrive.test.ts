/** `npm run redrive`, run as a process, over a queue with dead letters of every kind. */
import { appName } from "@secure-lambda/functions/contract";
import { describe, expect, it, type TestContext } from "vitest";
import { destinationRecord } from "../../packages/local/src/services/lambda/invocations/destination-record.ts";
import { run, unwrapped, widthOf } from "../../packages/local/test/support/command.ts";
import { consumerArn, startRedriveCloud } from "../support/redrive-cloud.ts";

/** A queue of the test's own: each command waits for messages, so tests run beside each other. */
async function setUp({ onTestFinished }: TestContext) {
  const cloud = await startRedriveCloud();
  onTestFinished(() => cloud.stop());
  const command = ["node", "scripts/redrive.ts", "--aws-port", cloud.awsPort] as const;
  return { cloud, redrive: (...args: string[]) => run([...command, ...args]) };
}

const topicArn = `arn:aws:sns:us-east-1:000000000000:${appName}-local-GreetingTopic`;
const subscriptionArn = `${topicArn}:5f1a`;

/** What SNS puts into the queue when it cannot deliver a message. */
const envelope = {
  Type: "Notification",
  MessageId: "0d6e9f6a-8a5c-4c5e-9a3d-0c1a6a3a7f11",
  TopicArn: topicArn,
  Message: "Ada Lovelace",
  Timestamp: "2026-11-22T10:00:00.000Z",
  SignatureVersion: "1",
  Signature: "c2lnbmF0dXJl",
  SigningCertURL: "https://sns.us-east-1.amazonaws.com/certificate.pem",
  UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
  MessageAttributes: { correlationId: { Type: "String", Value: "request-1" } },
};

/** What Lambda puts into the queue when a function has failed for good. */
const record = (functionArn = consumerArn, errorType = "InvalidEventError") =>
  destinationRecord(
    {
      requestId: "8d0f5b0e-2d1b-4a53-8d43-5a3fdd0b0a3f",
      functionArn,
      payload: JSON.stringify({ Records: [{ Sns: { Message: "Grace Hopper" } }] }),
      condition: "RetriesExhausted",
      invokeCount: 3,
      failure: {
        ok: false,
        kind: "function",
        requestId: "any",
        errorType,
        payload: JSON.stringify({ errorType, errorMessage: "no greeting for Grace Hopper" }),
      },
    },
    new Date(),
  );

describe.concurrent("a message that SNS could not deliver", () => {
  it.concurrent(
    "is given to the topic's subscriber as SNS would have, under its own message id",
    async (context) => {
      const { cloud, redrive } = await setUp(context);
      const id = await cloud.put(envelope);
      const { code, stdout } = await redrive();
      expect(code).toBe(0);
      expect(stdout).toContain(`${id}`);
      expect(stdout).toContain(`not delivered from ${appName}-local-GreetingTopic`);
      expect(stdout).toContain("Moved 1, left 0.");
      const { SigningCertURL, UnsubscribeURL, ...same } = envelope;
      expect(cloud.invocations).toEqual([
        {
          functionArn: consumerArn,
          event: {
            Records: [
              {
                EventSource: "aws:sns",
                EventVersion: "1.0",
                EventSubscriptionArn: subscriptionArn,
                Sns: {
                  ...same,
                  Subject: null,
                  SigningCertUrl: SigningCertURL,
                  UnsubscribeUrl: UnsubscribeURL,
                },
              },
            ],
          },
        },
      ]);
      expect(await cloud.remaining()).toEqual([]);
    },
  );
});

describe.concurrent("an event that a function failed on", () => {
  it.concurrent("is given to that function again, as it was", async (context) => {
    const { cloud, redrive } = await setUp(context);
    await cloud.put(record());
    const { code, stdout } = await redrive();
    expect(code).toBe(0);
    expect(stdout).toContain(
      `failed in ${appName}-local-InternalLambda, InvalidEventError, 3 attempts`,
    );
    expect(widthOf(stdout)).toBeLessThanOrEqual(80);
    expect(cloud.invocations).toEqual([
      { functionArn: consumerArn, event: { Records: [{ Sns: { Message: "Grace Hopper" } }] } },
    ]);
    expect(await cloud.remaining()).toEqual([]);
  });

  it.concurrent("stays when Lambda does not take it, and is named", async (context) => {
    const { cloud, redrive } = await setUp(context);
    const id = await cloud.put(record(`${consumerArn}2`));
    const { code, stdout } = await redrive();
    expect(code).toBe(1);
    expect(unwrapped(stdout)).toContain(`${id} was not moved: ResourceNotFoundException.`);
    expect(widthOf(stdout)).toBeLessThanOrEqual(80);
    expect(await cloud.remaining()).toHaveLength(1);
  });
});

describe.concurrent("a message that is no dead letter of the stage", () => {
  const strangers: Record<string, unknown> = {
    "no JSON": "hello",
    "JSON of another kind": { hello: "world" },
    "an envelope of another stage": { ...envelope, TopicArn: topicArn.replace("local", "prod") },
    "an envelope of a stage whose name begins alike": {
      ...envelope,
      TopicArn: topicArn.replace("local", "local-eu"),
    },
    "an envelope of another account": { ...envelope, TopicArn: topicArn.replace("0000:", "0001:") },
    "a record of another stage": record(consumerArn.replace("local", "prod")),
    "a record of a stage whose name begins alike": record(consumerArn.replace("local", "local-eu")),
    "a record of another account": record(consumerArn.replace("0000:", "0001:")),
    "a record of a version": record(`${consumerArn}:7`),
    "a record of the function behind the API": record(consumerArn.replace("Internal", "External")),
    "a record without an event": { version: "1.0", requestContext: { functionArn: consumerArn } },
  };

  it.concurrent(
    `stays and is named, and nothing is invoked: ${Object.keys(strangers).join("; ")}`,
    async (context) => {
      const { cloud, redrive } = await setUp(context);
      const ids = new Map<string, string | undefined>();
      for (const [kind, body] of Object.entries(strangers)) ids.set(kind, await cloud.put(body));
      const { code, stdout } = await redrive();
      expect(code).toBe(1);
      const shown = unwrapped(stdout);
      const moved = [...ids].filter(
        ([, id]) => !shown.includes(`${id} was not moved: it is not a dead letter of this stage.`),
      );
      expect(moved).toEqual([]);
      expect(cloud.invocations).toEqual([]);
      // As many as one call receives, then the rest.
      expect([...(await cloud.remaining()), ...(await cloud.remaining())]).toHaveLength(ids.size);
    },
  );
});

it.concurrent("moves what it can and leaves the rest, however many there are", async (context) => {
  const { cloud, redrive } = await setUp(context);
  for (let count = 0; count < 12; count += 1) await cloud.put(record());
  await cloud.put("hello");
  const { code, stdout } = await redrive();
  expect(code).toBe(1);
  expect(stdout).toContain("Moved 12, left 1.");
  expect(cloud.invocations).toHaveLength(12);
  expect(await cloud.remaining()).toEqual(["hello"]);
});

it.concurrent(
  "moves nothing in a dry run, and leaves every message to be received",
  async (context) => {
    const { cloud, redrive } = await setUp(context);
    await cloud.put(envelope);
    await cloud.put(record());
    const { code, stdout } = await redrive("--dry-run");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`Nothing was moved: .*\nnext: npm run redrive -- --aws-port ${cloud.awsPort}$`),
    );
    expect(cloud.invocations).toEqual([]);
    expect(await cloud.remaining()).toHaveLength(2);
  },
);

describe.concurrent("with --drop", () => {
  it.concurrent(
    "discards dead letters of both kinds and invokes nothing; what is none stays",
    async (context) => {
      const { cloud, redrive } = await setUp(context);
      const ids = [await cloud.put(envelope), await cloud.put(record())];
      const stranger = await cloud.put("hello");
      const { code, stdout, stderr } = await redrive("--drop", "--yes");
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      for (const id of ids) expect(stdout).toMatch(new RegExp(`^${id} `, "m"));
      expect(unwrapped(stdout)).toContain(
        `${stranger} was not discarded: it is not a dead letter of this stage. Discarded 2, left 1.`,
      );
      expect(stdout).not.toMatch(/Ada|Lovelace|Grace|Hopper/);
      expect(cloud.invocations).toEqual([]);
      expect(await cloud.remaining()).toEqual(["hello"]);
    },
  );

  it.concurrent("says what it has discarded, with exit code 0", async (context) => {
    const { cloud, redrive } = await setUp(context);
    await cloud.put(record());
    const stdout = expect.stringMatching(/\nDiscarded 1, left 0\.$/);
    await expect(redrive("--drop", "--yes")).resolves.toMatchObject({ code: 0, stdout });
    await expect(redrive("--drop", "--yes")).resolves.toMatchObject({
      code: 0,
      stdout: "The dead-letter queue is empty.",
    });
  });

  it.concurrent(
    "discards nothing without a terminal to ask on, nor in a dry run",
    async (context) => {
      const { cloud, redrive } = await setUp(context);
      await cloud.put(envelope);
      await expect(redrive("--drop")).resolves.toEqual({
        code: 2,
        stdout: "",
        stderr:
          "error: option '--yes' is required: there is no terminal to ask on.\nSee npm run redrive -- --help.",
      });
      for (const args of [["--dry-run"], ["--dry-run", "--yes"]]) {
        await expect(redrive("--drop", ...args)).resolves.toMatchObject({
          code: 0,
          stdout: expect.stringMatching(
            /not delivered from [^]*\nNothing was discarded: this was a dry/,
          ),
        });
      }
      expect(await cloud.remaining()).toHaveLength(1);
    },
  );
});

it.concurrent(
  "says of no next step in a dry run over nothing that it can move",
  async (context) => {
    const { cloud, redrive } = await setUp(context);
    await cloud.put({ not: "a dead letter" });
    const { stdout } = await redrive("--dry-run");
    expect(stdout).toMatch(/Nothing was moved: this was a dry run\.$/);
  },
);

it.concurrent("never shows what is in a message, not even as an error's type", async (context) => {
  const { cloud, redrive } = await setUp(context);
  await cloud.put(envelope);
  await cloud.put(record(consumerArn, "No greeting for Grace Hopper"));
  const { stdout, stderr } = await redrive();
  expect(stdout).toContain("error type not shown");
  expect(`${stdout}${stderr}`).not.toMatch(/Ada|Lovelace|Grace|Hopper/);
});

it.concurrent("says so when the queue is empty", async (context) => {
  const { redrive } = await setUp(context);
  const answer = { code: 0, stdout: "The dead-letter queue is empty." };
  await expect(redrive()).resolves.toMatchObject(answer);
  await expect(redrive("--dry-run")).resolves.toMatchObject(answer);
});

it.concurrent("says so when the stage has no such queue", async (context) => {
  const { redrive } = await setUp(context);
  const { code, stderr } = await redrive("--stage", "elsewhere");
  expect(code).toBe(1);
  expect(stderr).toContain(`There is no queue ${appName}-elsewhere-DeadLetters`);
});
