/** Policies of topics, queues and secrets, from the resource that sets them to the call that they stop. */
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import {
  PublishBatchCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientConfig } from "../support/client-config.ts";
import { publish, queueArn, topicArn } from "./consumer.ts";
import {
  account,
  allow,
  declareFunction,
  deny,
  letTopicSend,
  policy,
  region,
} from "./declarations.ts";
import { startDeployableCloud, type Declare, type DeployableCloud } from "./deployable-cloud.ts";

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud();
});
afterEach(() => cloud.stop());

const rejected = {
  name: "AuthorizationErrorException",
  message: expect.stringContaining("explicit deny"),
};

const topicWithPolicy = (document?: string) => async (declare: Declare) => {
  await declare("aws:sns/topic:Topic", "Names", { name: "names" });
  const inputs = { arn: topicArn, policy: document };
  if (document !== undefined) await declare("aws:sns/topicPolicy:TopicPolicy", "Policy", inputs);
};

const topicWith = (inputs: object) => (declare: Declare) =>
  declare("aws:sns/topic:Topic", "Names", { name: "names", ...inputs });

const listening = `arn:aws:sqs:${region}:${account}:listening`;
const subscribe = (document: string | undefined) => async (declare: Declare) => {
  await declare("aws:sns/topic:Topic", "Names", { name: "names" });
  const inputs = { name: "listening", ...(document !== undefined && { policy: document }) };
  const { outputs } = await declare("aws:sqs/queue:Queue", "Listening", inputs);
  await declare("aws:sns/topicSubscription:TopicSubscription", "Subscription", {
    topic: topicArn,
    protocol: "sqs",
    endpoint: outputs["arn"],
  });
};

// Source: https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
describe("the policy of a queue that is subscribed to a topic", () => {
  const delivered = () => cloud.queues.get(listening).describe()["ApproximateNumberOfMessages"];

  it("lets the topic send", async () => {
    await cloud.deploy(subscribe(letTopicSend(listening, topicArn)));
    await publish(cloud);
    expect(delivered()).toBe("1");
  });

  it.each([
    ["there is none", undefined],
    ["it lets another topic", letTopicSend(listening, `${topicArn}2`)],
    ["it lets the account", policy({ ...allow("sqs:*", listening), Principal: { AWS: account } })],
    [
      "it denies SNS too",
      policy(
        { ...allow("sqs:SendMessage", listening), Principal: { Service: "sns.amazonaws.com" } },
        { ...allow("sqs:SendMessage", listening), Principal: "*", Effect: "Deny" },
      ),
    ],
  ])(
    "lets nothing through where %s: the message is dropped, as the log says",
    async (_, document) => {
      await cloud.deploy(subscribe(document));
      await publish(cloud);
      expect(delivered()).toBe("0");
      const [line] = cloud.logs.read(`sns/${region}/${account}/names/Failure`);
      expect(line?.message).toContain(
        "sns.amazonaws.com is not authorized to perform: sqs:SendMessage",
      );
    },
  );
});

describe("a topic's policy", () => {
  it("stops the operator, in a batch too, until it changes or is taken away", async () => {
    await cloud.deploy(topicWithPolicy(deny("sns:Publish", topicArn)));
    await expect(publish(cloud)).rejects.toMatchObject(rejected);
    const PublishBatchRequestEntries = [{ Id: "1", Message: "Ada" }];
    const batch = new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries });
    await expect(cloud.clients.sns.send(batch)).rejects.toMatchObject(rejected);

    await cloud.deploy(topicWithPolicy(deny("sns:Subscribe", topicArn)));
    await expect(publish(cloud)).resolves.toBeDefined();
    await cloud.deploy(topicWithPolicy(deny("sns:Publish", topicArn)));
    await cloud.deploy(topicWithPolicy());
    await expect(publish(cloud)).resolves.toBeDefined();
  });

  it("holds where it is the topic's own input, and goes with the topic", async () => {
    await cloud.deploy(topicWith({ policy: deny("sns:Publish", topicArn) }));
    await expect(publish(cloud)).rejects.toMatchObject(rejected);
    await cloud.destroy();
    await cloud.deploy(topicWith({}));
    await expect(publish(cloud)).resolves.toBeDefined();
  });

  it("holds where a client has set it, and is rejected if it cannot be evaluated", async () => {
    await cloud.deploy(topicWithPolicy());
    const set = (AttributeValue: string) =>
      cloud.clients.sns.send(
        new SetTopicAttributesCommand({
          TopicArn: topicArn,
          AttributeName: "Policy",
          AttributeValue,
        }),
      );
    await set(deny("sns:Publish", topicArn));
    await expect(publish(cloud)).rejects.toMatchObject(rejected);
    const unknown = policy({ Effect: "Allow", NotPrincipal: "*", Action: "*", Resource: "*" });
    await expect(set(unknown)).rejects.toThrow("cannot evaluate the policy");
    await expect(publish(cloud)).rejects.toMatchObject(rejected);
  });

  it("stops a function that its role lets publish", async () => {
    await cloud.deploy(async (declare) => {
      await topicWithPolicy(deny("sns:Publish", topicArn))(declare);
      await declareFunction(cloud, declare, {
        name: "Publisher",
        source: "export const handler = async () => {};",
        statements: [allow("sns:Publish", topicArn)],
      });
    });
    const sns = new SNSClient(clientConfig(cloud.url, "Publisher"));
    await expect(
      sns.send(new PublishCommand({ TopicArn: topicArn, Message: "Ada" })),
    ).rejects.toMatchObject(rejected);
    sns.destroy();
  });
});

const send = (QueueUrl: string) =>
  cloud.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "Ada" }));

describe("a queue's policy", () => {
  it("stops the operator's sending, and lets what it does not deny", async () => {
    const applied = await cloud.deploy(async (declare) => {
      const { id } = await declare("aws:sqs/queue:Queue", "Letters", { name: "dead-letters" });
      const inputs = { queueUrl: id, policy: deny("sqs:SendMessage", queueArn) };
      await declare("aws:sqs/queuePolicy:QueuePolicy", "Policy", inputs);
    });
    const QueueUrl = applied.get("Letters")?.id ?? "";
    await expect(send(QueueUrl)).rejects.toThrow(
      `is not authorized to perform: sqs:SendMessage on resource: ${queueArn} with an explicit deny`,
    );
    await expect(
      cloud.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl })),
    ).resolves.toBeDefined();
  });

  it("holds where a client creates the queue with it", async () => {
    const Attributes = { Policy: deny("sqs:*", queueArn) };
    const { QueueUrl = "" } = await cloud.clients.sqs.send(
      new CreateQueueCommand({ QueueName: "dead-letters", Attributes }),
    );
    await expect(send(QueueUrl)).rejects.toThrow("explicit deny");
  });
});

const read = (SecretId: string) =>
  cloud.clients.secretsManager.send(new GetSecretValueCommand({ SecretId }));

const secretThat = (isDenied: boolean) => async (declare: Declare) => {
  const secret = await declare("aws:secretsmanager/secret:Secret", "Secret", {
    name: "address",
  });
  const version = { secretId: secret.id, secretString: "value" };
  await declare("aws:secretsmanager/secretVersion:SecretVersion", "Version", version);
  const inputs = { secretArn: secret.id, policy: deny("secretsmanager:GetSecretValue", "*") };
  if (isDenied) await declare("aws:secretsmanager/secretPolicy:SecretPolicy", "Policy", inputs);
};

describe("a secret's policy", () => {
  it("stops reading by name, ARN and a part of the ARN, until it is taken away", async () => {
    const arn = (await cloud.deploy(secretThat(true))).get("Secret")?.id ?? "";
    for (const id of ["address", arn, arn.slice(0, -"-AbC123".length)]) {
      await expect(read(id)).rejects.toMatchObject({
        name: "AccessDeniedException",
        message: expect.stringContaining(`on resource: ${arn} with an explicit deny`),
      });
    }
    await cloud.deploy(secretThat(false));
    await expect(read(arn)).resolves.toMatchObject({ SecretString: "value" });
  });

  it("holds where it is the secret's own input", async () => {
    const own = { name: "address", policy: deny("secretsmanager:*", "*") };
    await cloud.deploy((declare) => declare("aws:secretsmanager/secret:Secret", "Secret", own));
    await expect(read("address")).rejects.toThrow("explicit deny");
  });
});
