/** The external use case over ports in memory. */
import {
  createGreetAndPublish,
  PublishFailedError,
  SecretUnavailableError,
  TopicGoneError,
} from "@secure-lambda/core";
import type { TopicArn } from "@secure-lambda/core";
import { describe, expect, test } from "vitest";
import { createInMemoryPublisher } from "../../fakes/message-publisher.ts";
import { createInMemorySecret } from "../../fakes/secret-loader.ts";
import { ada, newTopic, topic } from "../domain/examples.ts";

const request = { name: ada, correlationId: "request-1" };

/** The use case where `topics` exist and the secret names `kept`, and `current` once it is re-read. */
function setUp(topics: readonly TopicArn[], kept = topic, current = kept) {
  const publisher = createInMemoryPublisher(topics);
  const secret = createInMemorySecret(kept, current);
  const greeter = createGreetAndPublish({
    greetsAs: "ExternalLambda2",
    publisher,
    topicSecret: secret,
  });
  return { publisher, secret, greeter };
}

test("the name is published to the secret's topic and greeted with the message's id", async () => {
  const { publisher, secret, greeter } = setUp([topic]);
  expect(await greeter.greet(request)).toEqual({
    message: "Hello Ada. Greetings from ExternalLambda2! Message forwarded to InternalLambda.",
    messageId: "message-1",
  });
  expect(publisher.published).toEqual([
    { topicArn: topic, name: "Ada", correlationId: "request-1", messageId: "message-1" },
  ]);
  expect(secret.refreshes()).toBe(0);
});

test("nobody is greeted and nothing is published while the secret is unavailable", async () => {
  const { publisher, secret, greeter } = setUp([topic]);
  const failure = new SecretUnavailableError("no secret");
  secret.breakWith(failure);
  await expect(greeter.greet(request)).rejects.toBe(failure);
  expect(publisher.published).toEqual([]);
});

test("a failed publish is not tried again", async () => {
  const { publisher, secret, greeter } = setUp([topic]);
  const failure = new PublishFailedError("no luck");
  publisher.breakWith(failure);
  await expect(greeter.greet(request)).rejects.toBe(failure);
  expect(publisher.tried).toEqual([topic]);
  expect(secret.refreshes()).toBe(0);
});

describe("when the topic is gone", () => {
  test("the name is published to the topic that the secret names now", async () => {
    const { publisher, secret, greeter } = setUp([newTopic], topic, newTopic);
    expect(await greeter.greet(request)).toMatchObject({ messageId: "message-1" });
    expect(publisher.published).toMatchObject([{ topicArn: newTopic, name: "Ada" }]);
    expect(secret.refreshes()).toBe(1);
  });

  test("publishing fails after one refresh if the secret still names it", async () => {
    const { publisher, secret, greeter } = setUp([]);
    await expect(greeter.greet(request)).rejects.toMatchObject({
      name: "PublishFailedError",
      cause: { name: "TopicGoneError" },
    });
    expect(secret.refreshes()).toBe(1);
    expect(publisher.tried).toEqual([topic]);
  });

  test("publishing fails after one refresh if the new topic is gone, too", async () => {
    const { publisher, secret, greeter } = setUp([], topic, newTopic);
    await expect(greeter.greet(request)).rejects.toMatchObject({
      name: "PublishFailedError",
      cause: { name: "TopicGoneError" },
    });
    expect(secret.refreshes()).toBe(1);
    expect(publisher.tried).toEqual([topic, newTopic]);
  });

  test("publishing fails with the new topic's error if that topic fails", async () => {
    const failure = new PublishFailedError("no luck");
    const greeter = createGreetAndPublish({
      greetsAs: "ExternalLambda1",
      topicSecret: createInMemorySecret(topic, newTopic),
      publisher: {
        publish: async (topicArn) => {
          throw topicArn === newTopic ? failure : new TopicGoneError("gone");
        },
      },
    });
    await expect(greeter.greet(request)).rejects.toBe(failure);
  });

  test("publishing fails as unavailable if the secret cannot be read again", async () => {
    const failure = new SecretUnavailableError("no secret");
    const greeter = createGreetAndPublish({
      greetsAs: "ExternalLambda1",
      topicSecret: {
        load: async () => topic,
        refresh: async () => {
          throw failure;
        },
      },
      publisher: createInMemoryPublisher([]),
    });
    await expect(greeter.greet(request)).rejects.toBe(failure);
  });
});
