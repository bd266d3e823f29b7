/** The places of an error of a deployed function: in the TypeScript sources, not in the bundle. */
import { existsSync } from "node:fs";
import {
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  type SNSClient,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { openAws, type AwsClients } from "../support/aws-clients.ts";
import { graphOf, textOutput } from "../support/graph.ts";
import { untilLogged } from "../support/log-lines.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";
import { namesOf } from "../../stacks/settings/names.ts";

let app: SharedApp;
let aws: AwsClients;
let TopicArn: string;
beforeAll(async () => {
  app = await useSharedApp();
  aws = openAws(app.urls.aws);
  TopicArn = textOutput(graphOf(app.graph).one("aws:sns/topic:Topic", "GreetingTopicTopic"), "arn");
});
afterAll(() => {
  aws?.close();
  app?.close();
});

/** Runs something while nobody may publish to the topic. */
async function whileClosed(sns: SNSClient, run: () => Promise<void>): Promise<void> {
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  const setPolicy = (AttributeValue: string) =>
    sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
  const nobody = { Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: TopicArn };
  await setPolicy(JSON.stringify({ Version: "2012-10-17", Statement: [nobody] }));
  try {
    await run();
  } finally {
    await setPolicy(z.string().parse(Attributes?.["Policy"]));
  }
}

it("of ExternalLambda, which could not forward a name, are in its log", async () => {
  const authorization = await app.token(1);
  await whileClosed(aws.sns, async () => {
    const { status } = await app.post("/lambda1", { authorization, body: { name: "Ada" } });
    expect(status).toBe(502);
  });
  const group = namesOf("local").functionLog("ExternalLambda");
  await untilLogged(app.logs, group, /PublishFailedError/, 1);
  const lines = app.logs.read(group).map(({ message }) => message);
  const failed = lines.find((line) => line.includes("PublishFailedError")) ?? "";
  const places = [...failed.matchAll(/(?:\(|at )(\/[^\s()"]+):\d+:\d+/g)].map(
    ([, file = ""]) => file,
  );
  const ours = places.filter((file) => !/node_modules|\.sst\/platform/.test(file));
  expect(ours).toContainEqual(expect.stringMatching(/packages\/core\/src\/adapters\/\S+\.ts$/));
  expect(ours.filter((file) => !file.endsWith(".ts") || !existsSync(file))).toEqual([]);
});
