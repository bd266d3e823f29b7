/** Policies of a dead-letter queue: which dead letters reach it, and which are lost. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { declareConsumer, publish, queueArn, topicArn } from "./consumer.ts";
import { account, deny, letTopicSend, region } from "./declarations.ts";
import { startDeployableCloud, type Declare, type DeployableCloud } from "./deployable-cloud.ts";

const failures = `sns/${region}/${account}/names/Failure`;

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud();
});
afterEach(() => cloud.stop());

/** Resolves when a log group has a line with a text. */
function logged(group: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    const end = cloud.logs.subscribe((line) => {
      if (line.group !== group || !line.message.includes(text)) return;
      end();
      resolve(line.message);
    });
  });
}

interface Consumer {
  /** The dead-letter queue's policy. */
  document: string | undefined;
  /** Whether the topic may invoke the function. */
  permission: boolean;
}

/** A function that always fails. */
const consumer =
  ({ document, permission }: Consumer) =>
  (declare: Declare) =>
    declareConsumer(cloud, declare, {
      source: `export const handler = async () => { throw new TypeError("never"); };`,
      queuePolicy: document,
      permission,
    });

// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html
describe("a message that SNS cannot deliver is a dead letter", () => {
  it("where the queue's policy lets SNS send for the topic", async () => {
    await cloud.deploy(consumer({ document: letTopicSend(queueArn, topicArn), permission: false }));
    const went = logged(failures, `A message was sent to ${queueArn}`);
    await publish(cloud);
    await expect(went).resolves.toContain("the topic has no permission to invoke");
  });

  it.each([
    ["there is no policy", undefined],
    ["it lets SNS send for another topic", letTopicSend(queueArn, `${topicArn}2`)],
  ])("and is lost, as the log says, where %s", async (_, document) => {
    await cloud.deploy(consumer({ document, permission: false }));
    const dropped = logged(failures, "A message is dropped");
    await publish(cloud);
    await expect(dropped).resolves.toContain(
      "User: sns.amazonaws.com is not authorized to perform: sqs:SendMessage",
    );
  });
});

// Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
it("loses a function's record that the queue's policy denies, as the log says", async () => {
  const document = deny("sqs:SendMessage", queueArn, {
    Condition: { ArnNotEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/Another` } },
  });
  await cloud.deploy(consumer({ document, permission: true }));
  const lost = logged("/aws/lambda/Consumer", "The event is lost (RetriesExhausted)");
  await publish(cloud);
  await expect(lost).resolves.toContain(
    "assumed-role/Consumer/Consumer is not authorized to perform: sqs:SendMessage",
  );
});
