/** Messages that are received too often. */
import { describe, expect, test } from "vitest";
import { setUpQueues } from "./queues-harness.ts";

const { advance, bodies, letters, queues, receive, send } = setUpQueues();

const policy = (deadLetterTargetArn: string, maxReceiveCount: number | string) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
});

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
describe("a redrive policy", () => {
  test("moves a message that was received too often, as it was", async () => {
    const dead = queues().create("dead");
    const { arn } = queues().create("work", policy(dead.arn, "2"));
    const sent = send(arn, "poison", { groupId: "g" });
    advance(1);
    for (const receiveCount of [1, 2]) {
      expect(await receive(arn)).toMatchObject([{ receiveCount }]);
      advance(30);
    }
    const waiting = receive(dead.arn, { wait: 20 });
    expect(await bodies(arn)).toEqual([]);
    const [letter] = await waiting;
    expect(letter).toMatchObject({
      id: sent.id,
      body: "poison",
      groupId: "g",
      sentAt: sent.sentAt,
      receiveCount: 3,
      movedFrom: arn,
    });
    const reason = "received 2 times and not deleted";
    expect(letters).toEqual([{ queueArn: dead.arn, sourceArn: arn, reason }]);
  });

  test("whose queue was deleted later keeps the message where it is", async () => {
    const dead = queues().create("dead");
    const { arn } = queues().create("work", policy(dead.arn, 1));
    queues().delete(dead.arn);
    send(arn, "poison");
    for (const receiveCount of [1, 2]) {
      expect(await receive(arn)).toMatchObject([{ receiveCount }]);
      advance(30);
    }
  });

  test("may name the queue itself", async () => {
    const { arn } = queues().create("own");
    queues().setAttributes(arn, policy(arn, 1));
    send(arn, "poison");
    await receive(arn);
    advance(30);
    expect(await receive(arn)).toMatchObject([{ body: "poison", movedFrom: arn }]);
    expect(letters).toEqual([]);
  });

  test("has no effect any more once it is empty", async () => {
    const dead = queues().create("dead");
    const { arn } = queues().create("work", policy(dead.arn, 1));
    queues().setAttributes(arn, { RedrivePolicy: "" });
    send(arn, "kept");
    await receive(arn);
    advance(30);
    expect(await bodies(arn)).toEqual(["kept"]);
    expect(queues().get(arn).describe()).not.toHaveProperty("RedrivePolicy");
  });
});

const allowing = (redrivePermission: string, sourceQueueArns?: readonly string[]) => ({
  RedriveAllowPolicy: JSON.stringify({ redrivePermission, sourceQueueArns }),
});

// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
describe("a redrive allow policy", () => {
  test.each([
    ["allowAll", undefined, ["work", "other"]],
    ["denyAll", undefined, []],
    ["byQueue", ["work"], ["work"]],
  ])("of %s %j decides which queues may name it", (permission, named, allowed) => {
    const dead = queues().create("dead");
    const arnOf = (name: string) => dead.arn.replace(/dead$/, name);
    queues().setAttributes(dead.arn, allowing(permission, named?.map(arnOf)));
    const mayName = (name: string) => {
      try {
        queues().create(name, policy(dead.arn, 1));
        return true;
      } catch {
        return false;
      }
    };
    expect(["work", "other"].filter(mayName)).toEqual(allowed);
  });

  test("that comes later leaves a queue what it has, and forbids a change", () => {
    const dead = queues().create("dead");
    const { arn } = queues().create("work", policy(dead.arn, 1));
    queues().setAttributes(dead.arn, allowing("denyAll"));
    const same = { ...policy(dead.arn, 1), VisibilityTimeout: "5" };
    expect(() => queues().setAttributes(arn, same)).not.toThrow();
    expect(() => queues().setAttributes(arn, policy(dead.arn, 2))).toThrow(
      "Dead letter target does not allow this source queue.",
    );
    queues().setAttributes(dead.arn, { RedriveAllowPolicy: "" });
    expect(() => queues().setAttributes(arn, policy(dead.arn, 2))).not.toThrow();
  });
});
