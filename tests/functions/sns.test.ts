/** What InternalLambda makes of SNS's events. */
import { createGreetAndLog } from "@secure-lambda/core";
import type { LoggedGreeting } from "@secure-lambda/core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { config } from "zod/mini";
import { foreignEvents, withAnything, withOdd } from "../support/odd-events.ts";
import { handler as entry } from "../../packages/functions/src/internal.ts";
import { createSnsHandler } from "../../packages/functions/src/sns/sns-handler.ts";

// The bundle has only zod's small variant, and so no texts: the other one sets its own for both.
const { localeError } = config();
beforeAll(() => void config({ localeError: undefined }));
afterAll(() => void config({ localeError }));

/** A record as SNS delivers it to a function (recorded on AWS), with changes to its message. */
function record(changes: object = {}) {
  return {
    EventSource: "aws:sns",
    EventVersion: "1.0",
    EventSubscriptionArn: "arn:aws:sns:us-east-1:123456789012:greetings:1",
    Sns: {
      Type: "Notification",
      MessageId: "message-1",
      TopicArn: "arn:aws:sns:us-east-1:123456789012:greetings",
      Subject: null,
      Message: "Ada",
      Timestamp: "2026-01-01T00:00:00.000Z",
      SignatureVersion: "1",
      Signature: "EXAMPLE",
      SigningCertUrl: "EXAMPLE",
      UnsubscribeUrl: "EXAMPLE",
      MessageAttributes: { correlationId: { Type: "String", Value: "request-1" } },
      ...changes,
    },
  };
}

/** Nothing, or up to ten sentences that each begin with the place that is wrong. */
const ownForm = /^(?:(?:AggregateError: )?InvalidEventError: event[^\n]{0,500}\n?){0,10}$/;

const eventOf = (...records: unknown[]) => ({ Records: records });

function setUp() {
  const log: LoggedGreeting[] = [];
  return {
    log,
    handler: createSnsHandler(createGreetAndLog({ log: { write: (entry_) => log.push(entry_) } })),
  };
}

describe("a delivered name is greeted in the log", () => {
  test("under the request's correlation id", async () => {
    const { log, handler } = setUp();
    await handler(eventOf(record()));
    expect(log).toEqual([
      {
        greeting: "Hello Ada. Greetings from InternalLambda!",
        correlationId: "request-1",
        messageId: "message-1",
      },
    ]);
  });

  test("so that a copy is recognized: published twice, it has one correlation id", async () => {
    const { log, handler } = setUp();
    await handler(eventOf(record()));
    await handler(eventOf(record({ MessageId: "message-2" })));
    expect(log).toMatchObject([
      { correlationId: "request-1", messageId: "message-1" },
      { correlationId: "request-1", messageId: "message-2" },
    ]);
  });

  test("so that a copy is recognized: delivered twice, it has one message id", async () => {
    const { log, handler } = setUp();
    await handler(eventOf(record()));
    await handler(eventOf(record()));
    expect(log[1]).toEqual(log[0]);
  });

  test("under the message's id when it came without a correlation id", async () => {
    const { log, handler } = setUp();
    await handler(eventOf(record({ MessageAttributes: {} })));
    expect(log).toMatchObject([{ correlationId: "message-1" }]);
  });

  test.each(["👨‍👩‍👧‍👦", "שָׁלוֹם", "q\u0323\u0307", '"},{"'])("intact: %s", async (name) => {
    const { log, handler } = setUp();
    await handler(eventOf(record({ Message: name })));
    expect(log).toMatchObject([{ greeting: `Hello ${name}. Greetings from InternalLambda!` }]);
  });
});

describe("an event that is not the topic's fails by the field that is wrong", () => {
  test.each<[string, unknown, string]>([
    ["null", null, "event: Invalid input"],
    ["without records", {}, "event.Records: Invalid input"],
    ["with no record", eventOf(), "event.Records: Invalid input"],
    ["with an empty record", eventOf({}), "event.Records.0.EventSource: Invalid input"],
    [
      "from another source",
      eventOf({ ...record(), EventSource: "aws:sqs" }),
      "event.Records.0.EventSource: Invalid input",
    ],
    [
      "with an empty name",
      eventOf(record({ Message: "" })),
      "event.Records.0.Sns.Message: must have at least 1 visible character",
    ],
    [
      "with a name on two lines",
      eventOf(record({ Message: "hunter2\nERROR" })),
      "event.Records.0.Sns.Message: must not contain control characters or line separators",
    ],
    [
      "with a forged correlation id",
      eventOf(
        record({ MessageAttributes: { correlationId: { Type: "String", Value: "hunter2 \n" } } }),
      ),
      "event.Records.0.Sns.MessageAttributes.correlationId.Value: must be 1 to 128 letters",
    ],
    [
      "with a binary correlation id",
      eventOf(record({ MessageAttributes: { correlationId: { Type: "Binary", Value: "eA" } } })),
      "event.Records.0.Sns.MessageAttributes.correlationId.Type: Invalid input",
    ],
  ])("when it is %s", async (_, event, message) => {
    const { log, handler } = setUp();
    const failure: unknown = await handler(event).catch((error: unknown) => error);
    expect(String(failure)).toContain(`InvalidEventError: ${message}`);
    expect(String(failure)).not.toContain("hunter2");
    expect(log).toEqual([]);
  });
});

describe("of several records", () => {
  const bad = record({ Message: "" });
  const good = record({ Message: "Grace" });

  test("the good ones are greeted and the event fails for the bad one", async () => {
    const { log, handler } = setUp();
    await expect(handler(eventOf(record(), bad, good))).rejects.toThrow("event.Records.1.Sns");
    expect(log.map(({ greeting }) => greeting)).toEqual([
      "Hello Ada. Greetings from InternalLambda!",
      "Hello Grace. Greetings from InternalLambda!",
    ]);
  });

  test("all that are bad are named", async () => {
    const { handler } = setUp();
    await expect(handler(eventOf(bad, good, bad))).rejects.toThrow(
      /^InvalidEventError: event\.Records\.0\..*\nInvalidEventError: event\.Records\.2\./,
    );
  });
});

test("however odd an event is, it is greeted, or fails by a field without its content", async () => {
  const { Sns } = record();
  const odd = [
    ...foreignEvents,
    ...withOdd("the records", (Records) => ({ Records })),
    ...withOdd("a record", (value) => eventOf(value, record())),
    ...Object.keys(record()).flatMap((field) =>
      withOdd(field, (value) => eventOf({ ...record(), [field]: value })),
    ),
    ...["hunter2 ".repeat(20), "hunter2\n"].map(
      (Value) =>
        [
          "a forged id",
          eventOf(record({ MessageAttributes: { correlationId: { Type: "String", Value } } })),
        ] as const,
    ),
    ...Object.keys(Sns).flatMap((field) =>
      withOdd(field, (value) => eventOf(record({ [field]: value }))),
    ),
    ...withAnything(Sns, 200).map(
      ([title, changed]) => [title, eventOf({ ...record(), Sns: changed })] as const,
    ),
    ["of 1,000 records", eventOf(...Array(1_000).fill(1))] as const,
  ];
  const info = vi.spyOn(console, "info").mockImplementation(() => {});
  const faults: string[] = [];
  for (const [title, event] of odd) {
    const text = await entry(event).then(() => "", String);
    if (!ownForm.test(text) || text.includes("hunter2")) faults.push(`${title}: ${text}`);
  }
  expect(faults).toEqual([]);
  for (const [line] of info.mock.calls) {
    expect(line).toEqual({
      message: expect.stringMatching(/^Hello .* Greetings from InternalLambda!$/),
      correlationId: expect.stringMatching(/^[\w-]{1,128}$/),
      messageId: expect.stringMatching(/^[\w-]{1,128}$/),
    });
  }
  info.mockRestore();
});

test("a greeting that fails fails the event", async () => {
  const failure = new Error("the log is full");
  const handler = createSnsHandler({
    greet: async () => {
      throw failure;
    },
  });
  await expect(handler(eventOf(record()))).rejects.toBe(failure);
});

describe("the internal entry point", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test("logs one object for each greeting", async () => {
    const info = vi.spyOn(console, "info").mockImplementation(() => {});
    await entry(eventOf(record()));
    expect(info.mock.calls).toEqual([
      [
        {
          message: "Hello Ada. Greetings from InternalLambda!",
          correlationId: "request-1",
          messageId: "message-1",
        },
      ],
    ]);
  });

  test("throws for what it cannot greet, so that it is delivered again", async () => {
    await expect(entry(eventOf(record({ Message: "" })))).rejects.toThrow("Sns.Message");
  });
});
