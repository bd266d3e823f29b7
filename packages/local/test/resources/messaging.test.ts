/** Queues and topics: what their inputs do, and what becomes of them when they change. */
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  PublishCommand,
} from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Applied } from "../../src/deployments/protocol.ts";
import { present } from "../support/present.ts";
import { operator } from "../support/test-cloud.ts";
import { allow, letTopicSend, output, policy } from "./declarations.ts";
import { startDeployableCloud, type Declare, type DeployableCloud } from "./deployable-cloud.ts";

const queueType = "aws:sqs/queue:Queue";
const topicType = "aws:sns/topic:Topic";
const subscriptionType = "aws:sns/topicSubscription:TopicSubscription";

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud("refuse", "test");
});
afterEach(() => cloud.stop());

async function queueAttributes(QueueUrl: string) {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] });
  return (await cloud.clients.sqs.send(command)).Attributes;
}

async function topicAttributes(TopicArn: string) {
  return (await cloud.clients.sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes;
}

/** The text of the next message in a queue. */
async function next(queueArn: string): Promise<string | undefined> {
  const request = { reader: operator, most: 1, wait: 20 };
  const [message] = await cloud.queues.get(queueArn).receive(request, AbortSignal.timeout(10_000));
  return message?.body;
}

/** Deploys only a queue. */
async function deployQueue(inputs: object): Promise<Applied> {
  const applied = await cloud.deploy((declare) => declare(queueType, "Jobs", { ...inputs }));
  return present(applied.get("Jobs"));
}

describe("a queue", () => {
  const queuePolicy = policy({ ...allow("sqs:SendMessage", "*"), Principal: "*" });
  const inputs = {
    name: "jobs",
    delaySeconds: 5,
    kmsMasterKeyId: "alias/jobs",
    maxMessageSize: 2048,
    messageRetentionSeconds: 1_209_600,
    receiveWaitTimeSeconds: 3,
    visibilityTimeoutSeconds: 60,
  };

  it("has the attributes that its inputs say, and the defaults again when they are left out", async () => {
    const { id } = await deployQueue(inputs);
    await expect(queueAttributes(id)).resolves.toMatchObject({
      DelaySeconds: "5",
      KmsMasterKeyId: "alias/jobs",
      MaximumMessageSize: "2048",
      MessageRetentionPeriod: "1209600",
      ReceiveMessageWaitTimeSeconds: "3",
      SqsManagedSseEnabled: "false",
      VisibilityTimeout: "60",
    });

    await deployQueue({ name: "jobs" });
    const attributes = await queueAttributes(id);
    expect(attributes).not.toHaveProperty("KmsMasterKeyId");
    expect(attributes).toMatchObject({
      DelaySeconds: "0",
      MaximumMessageSize: "1048576",
      MessageRetentionPeriod: "345600",
      ReceiveMessageWaitTimeSeconds: "0",
      SqsManagedSseEnabled: "true",
      VisibilityTimeout: "30",
    });
  });

  it("keeps the policy that a QueuePolicy gave it, until that is taken away", async () => {
    const program = (timeout: number, withPolicy: boolean) => async (declare: Declare) => {
      const queue = await declare(queueType, "Jobs", { visibilityTimeoutSeconds: timeout });
      const input = { queueUrl: queue.id, policy: queuePolicy };
      if (withPolicy) await declare("aws:sqs/queuePolicy:QueuePolicy", "Policy", input);
    };
    const { id } = present((await cloud.deploy(program(30, true))).get("Jobs"));
    await cloud.deploy(program(60, true));
    await expect(queueAttributes(id)).resolves.toMatchObject({ Policy: queuePolicy });
    await cloud.deploy(program(60, false));
    await expect(queueAttributes(id)).resolves.not.toHaveProperty("Policy");
  });

  it("moves what was received too often to its own dead-letter queue", async () => {
    const applied = await cloud.deploy(async (declare) => {
      const dead = await declare(queueType, "Dead", {});
      await declare(queueType, "Jobs", {
        visibilityTimeoutSeconds: 0,
        redrivePolicy: JSON.stringify({
          deadLetterTargetArn: output(dead, "arn"),
          maxReceiveCount: 1,
        }),
      });
    });
    const [jobs, dead] = ["Jobs", "Dead"].map((name) => String(applied.get(name)?.outputs["arn"]));
    cloud.queues.send(jobs ?? "", { body: "poison", attributes: {} }, operator);
    await expect(next(jobs ?? "")).resolves.toBe("poison");
    const { Messages } = await cloud.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: applied.get("Jobs")?.id }),
    );
    expect(Messages).toBeUndefined();
    await expect(next(dead ?? "")).resolves.toBe("poison");
  });

  it("is replaced when it gets another name: the old one is gone", async () => {
    const { id: before } = await deployQueue({ name: "one" });
    const { id: after } = await deployQueue({ name: "another" });
    expect(after).toMatch(/\/another$/);
    await expect(queueAttributes(before)).rejects.toThrow("does not exist");
  });
});

describe("a topic", () => {
  it("has the attributes that its inputs say, and keeps the policy of a TopicPolicy", async () => {
    const topicPolicy = policy({ ...allow("sns:Publish", "*"), Principal: "*" });
    const program = (inputs: object) => async (declare: Declare) => {
      const topic = await declare(topicType, "Names", { ...inputs });
      const arn = topic.id;
      await declare("aws:sns/topicPolicy:TopicPolicy", "Policy", { arn, policy: topicPolicy });
    };
    const inputs = { displayName: "Names", kmsMasterKeyId: "alias/names", tracingConfig: "Active" };
    const { id } = present((await cloud.deploy(program(inputs))).get("Names"));
    await expect(topicAttributes(id)).resolves.toMatchObject({
      DisplayName: "Names",
      KmsMasterKeyId: "alias/names",
      TracingConfig: "Active",
      Policy: topicPolicy,
    });

    await cloud.deploy(program({}));
    await expect(topicAttributes(id)).resolves.toMatchObject({
      DisplayName: "",
      TracingConfig: "PassThrough",
      Policy: topicPolicy,
    });
  });
});

/** A topic with a queue subscribed to it, or whatever the inputs name. */
const subscribed = (inputs: object) => async (declare: Declare) => {
  const topic = await declare(topicType, "Names", { name: "names" });
  const queue = await declare(queueType, "Listening", { name: "listening" });
  await declare("aws:sqs/queuePolicy:QueuePolicy", "ListeningPolicy", {
    queueUrl: queue.id,
    policy: letTopicSend(output(queue, "arn"), topic.id),
  });
  await declare(subscriptionType, "Subscription", {
    topic: topic.id,
    protocol: "sqs",
    endpoint: output(queue, "arn"),
    ...inputs,
  });
};
const publish = (TopicArn: string, Message: string, kind: string) =>
  cloud.clients.sns.send(
    new PublishCommand({
      TopicArn,
      Message,
      MessageAttributes: { kind: { DataType: "String", StringValue: kind } },
    }),
  );

describe("a subscription", () => {
  it("of a queue takes another filter and form of messages, and stays the same subscription", async () => {
    const before = await cloud.deploy(subscribed({}));
    const [topic, queue] = ["Names", "Listening"].map((name) =>
      String(before.get(name)?.outputs["arn"]),
    );
    await publish(topic ?? "", "wrapped", "any");
    expect(JSON.parse((await next(queue ?? "")) ?? "")).toMatchObject({ Message: "wrapped" });

    const filterPolicy = JSON.stringify({ kind: ["greeting"] });
    const after = await cloud.deploy(subscribed({ rawMessageDelivery: true, filterPolicy }));
    expect(after.get("Subscription")?.id).toBe(before.get("Subscription")?.id);
    await publish(topic ?? "", "left out", "other");
    await publish(topic ?? "", "raw", "greeting");
    await expect(next(queue ?? "")).resolves.toBe("raw");
  });

  it("ends when its resource is removed", async () => {
    const applied = await cloud.deploy(subscribed({}));
    await cloud.deploy((declare) => declare(topicType, "Names", { name: "names" }));
    const SubscriptionArn = applied.get("Subscription")?.id ?? "";
    const command = new GetSubscriptionAttributesCommand({ SubscriptionArn });
    await expect(cloud.clients.sns.send(command)).rejects.toThrow("does not exist");
  });

  it("of an e-mail address waits for its confirmation, which outlives the next deployment", async () => {
    const byMail = subscribed({ protocol: "email", endpoint: "ops@example.com" });
    const applied = await cloud.deploy(byMail);
    expect(applied.get("Subscription")?.outputs).toMatchObject({ pendingConfirmation: true });
    const topic = applied.get("Names")?.id ?? "";
    await publish(topic, "nobody reads this", "any");
    expect(cloud.mails.map(({ subject }) => subject)).toEqual([
      "AWS Notification - Subscription Confirmation",
    ]);
    cloud.topics.confirm(topic, cloud.mails[0]?.confirmation?.token ?? "");
    await cloud.deploy(byMail);
    await publish(topic, "the team reads this", "any");
    expect(cloud.mails.at(-1)).toMatchObject({
      to: "ops@example.com",
      text: "the team reads this",
    });
  });
});
