/** Every accepted name passes each stage behind the API: SNS, Lambda, SQS, redrive, the log, the terminal. */
import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { createSnsMessagePublisher } from "@secure-lambda/core/adapters";
import { expect, it } from "vitest";
import * as z from "zod";
import { renderLogEvent } from "../../packages/local/src/terminal/render.ts";
import { run } from "../../packages/local/test/support/command.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { acceptedNames } from "../core/domain/name-arbitraries.ts";
import { startGreetingCloud, topicArn, type GreetingCloud } from "./greeting-consumer.ts";

const names = acceptedNames(20);
const lineSchema = z.object({
  message: z.object({ message: z.string(), correlationId: z.string(), messageId: z.string() }),
});

const plain = {
  style: (_: string, text: string) => text,
  prefix: "",
  countsNetworks: () => false,
};

/** How many messages are in the dead-letter queue. */
async function countDead(sqs: SQSClient): Promise<number> {
  const QueueName = namesOf("local").resource("DeadLetters");
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(Attributes?.["ApproximateNumberOfMessages"]);
}

/** Publishes every name, each when the one before is in the dead-letter queue; gives their ids. */
async function publishAll({ clients }: GreetingCloud, way: string) {
  const publisher = createSnsMessagePublisher(clients.sns);
  const before = await countDead(clients.sqs);
  const published = [];
  for (const [index, name] of names.entries()) {
    const correlationId = `${way}-${index}`;
    const { messageId } = await publisher.publish(topicArn, { name, correlationId });
    await expect.poll(() => countDead(clients.sqs)).toBe(before + index + 1);
    published.push({ name, correlationId, messageId });
  }
  return published;
}

/** InternalLambda's greetings as they are logged, and the whole lines as the terminal shows them. */
function readGreetings({ logs }: GreetingCloud) {
  return logs.read(namesOf("local").functionLog("InternalLambda")).flatMap((event) => {
    const greeting = event.message.startsWith("{")
      ? lineSchema.safeParse(JSON.parse(event.message)).data?.message
      : undefined;
    const shown = renderLogEvent(event, plain);
    return greeting === undefined ? [] : [{ ...greeting, shown }];
  });
}

it("a name that InternalLambda fails on, or SNS cannot deliver, is greeted as it was sent once it is redriven", async ({
  onTestFinished,
}) => {
  const cloud = await startGreetingCloud();
  onTestFinished(() => cloud.stop());
  const undelivered = await publishAll(cloud, "undelivered");
  await cloud.permit(true);
  const failed = await publishAll(cloud, "failed");
  const all = [...undelivered, ...failed];

  cloud.repair();
  const port = new URL(cloud.url).port;
  const { code, stdout } = await run(["node", "scripts/redrive.ts", "--aws-port", port]);
  expect(stdout).toContain(`Moved ${all.length}, left 0.`);
  expect(code).toBe(0);

  await expect.poll(() => readGreetings(cloud).length).toBe(all.length);
  const greetings = new Map(readGreetings(cloud).map((line) => [line.correlationId, line]));
  for (const { name, ...ids } of all) {
    const message = `Hello ${name}. Greetings from InternalLambda!`;
    const shown = expect.stringContaining(message);
    expect(greetings.get(ids.correlationId)).toEqual({ ...ids, message, shown });
  }
});
