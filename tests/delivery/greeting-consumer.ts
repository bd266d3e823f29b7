/** The topic, InternalLambda and the dead-letter queue of stage `local`, on a local cloud without the SST CLI. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { topicArnSchema } from "@secure-lambda/core";
import {
  account,
  allow,
  declareFunction,
  policy,
  region,
} from "../../packages/local/test/resources/declarations.ts";
import {
  startDeployableCloud,
  type Declare,
  type DeployableCloud,
} from "../../packages/local/test/resources/deployable-cloud.ts";
import { namesOf } from "../../stacks/settings/names.ts";

const { resource } = namesOf("local");
const arn = (service: string, part: string) =>
  `arn:aws:${service}:${region}:${account}:${resource(part)}`;

export const topicArn = topicArnSchema.parse(arn("sns", "GreetingTopic"));
const queueArn = arn("sqs", "DeadLetters");
const queueUrl = `https://sqs.${region}.amazonaws.com/${account}/${resource("DeadLetters")}`;
const internalLambda = new URL("../../packages/functions/src/internal.ts", import.meta.url).href;

/** A cloud on which names do not arrive until the test says so. */
export interface GreetingCloud extends DeployableCloud {
  /** Lets the topic invoke InternalLambda, or not. */
  permit(isPermitted: boolean): Promise<unknown>;
  /** InternalLambda fails no more. */
  repair(): void;
}

/** Starts it: InternalLambda fails, and the topic may not invoke it. */
export async function startGreetingCloud(): Promise<GreetingCloud> {
  const cloud = await startDeployableCloud();
  const repaired = join(cloud.folder, "repaired");
  const source = `
    import { existsSync } from "node:fs";
    import { handler as greet } from "${internalLambda}";
    export async function handler(event) {
      if (!existsSync(${JSON.stringify(repaired)})) throw new Error("not repaired");
      await greet(event);
    }
  `;
  const permit = (isPermitted: boolean) =>
    cloud.deploy((declare) => declareConsumer(cloud, declare, source, isPermitted));
  await permit(false);
  return { ...cloud, permit, repair: () => writeFileSync(repaired, "") };
}

async function declareConsumer(
  cloud: DeployableCloud,
  declare: Declare,
  source: string,
  isPermitted: boolean,
): Promise<void> {
  await declare("aws:sqs/queue:Queue", "DeadLetters", { name: resource("DeadLetters") });
  await declare("aws:sqs/queuePolicy:QueuePolicy", "DeadLettersPolicy", {
    queueUrl,
    policy: policy({
      ...allow("sqs:SendMessage", queueArn),
      Principal: { Service: "sns.amazonaws.com" },
      Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
    }),
  });
  await declare("aws:sns/topic:Topic", "GreetingTopic", { name: resource("GreetingTopic") });
  const { name, arn: endpoint } = await declareFunction(cloud, declare, {
    name: resource("InternalLambda"),
    source,
    statements: [allow("sqs:SendMessage", queueArn)],
  });
  if (isPermitted) {
    await declare("aws:lambda/permission:Permission", "Permission", {
      action: "lambda:InvokeFunction",
      function: name,
      principal: "sns.amazonaws.com",
      sourceArn: topicArn,
    });
  }
  await declare("aws:sns/topicSubscription:TopicSubscription", "Subscription", {
    topic: topicArn,
    protocol: "lambda",
    endpoint,
    redrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn }),
  });
  await declare("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "Config", {
    functionName: name,
    maximumRetryAttempts: 0,
    destinationConfig: { onFailure: { destination: queueArn } },
  });
}
