/** `npm run redrive`, run as a process, over a queue with dead letters of every kind. */
import { appName } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import { unwrapped } from "../../packages/local/test/support/command.ts";
import { consumerArn } from "../support/redrive-cloud.ts";
import { envelope, record, setUp, subscriptionArn, topicArn } from "../support/redrive-messages.ts";

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
    // In a pipe, a row is one line.
    expect(stdout).toMatch(
      new RegExp(
        `Z  failed in ${appName}-local-InternalLambda, InvalidEventError, 3 attempts$`,
        "m",
      ),
    );
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
    expect(stdout).toMatch(/\nMoved 0, left 1\.$/);
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
  "says where what fails again goes, and how to look at the same queue",
  async (context) => {
    const { cloud, redrive } = await setUp(context);
    await cloud.put(record());
    const { stdout } = await redrive();
    const next = `npm run redrive -- --aws-port ${cloud.awsPort} --dry-run`;
    expect(stdout).toMatch(
      new RegExp(
        `\nMoved 1, left 0\\.\nWhat fails again is back in the queue after its retries\\.\nnext: ${next}$`,
      ),
    );
  },
);

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

it.concurrent("says so when all that is in the queue is held by others", async (context) => {
  const { cloud, redrive } = await setUp(context);
  await cloud.put(record());
  expect(await cloud.remaining()).toHaveLength(1);
  const shown = await redrive();
  expect(shown.code).toBe(1);
  expect(unwrapped(shown.stdout)).toMatch(
    /^No message can be received now: 1 is held by another command or client \(.* Run this again later\.$/,
  );
  await expect(redrive("--dry-run")).resolves.toMatchObject({ code: 0, stdout: shown.stdout });
});

it.concurrent("says how many are held by others when it has moved the rest", async (context) => {
  const { cloud, redrive } = await setUp(context);
  await cloud.put(record());
  await cloud.put(record());
  expect(await cloud.remaining()).toHaveLength(2);
  await cloud.put(record());
  const { code, stdout } = await redrive();
  expect(code).toBe(1);
  expect(unwrapped(stdout)).toMatch(
    /Moved 1, left 0\. 2 more are held by other commands or clients \(.* Run this again later\. /,
  );
});

it.concurrent("says so when the stage has no such queue", async (context) => {
  const { redrive } = await setUp(context);
  const { code, stderr } = await redrive("--stage", "elsewhere");
  expect(code).toBe(1);
  expect(stderr).toContain(`There is no queue ${appName}-elsewhere-DeadLetters`);
});
