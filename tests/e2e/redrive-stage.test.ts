/** Dead letters of the deployed app, by both ways, and that a redrive has them tried again. */
import {
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { deployApp, type DeployedApp } from "../support/deployed-app.ts";
import { untilLogged } from "../support/log-lines.ts";

let app: DeployedApp;
let sns: SNSClient;
beforeAll(async () => {
  app = await deployApp();
  const credentials = { accessKeyId: "operator", secretAccessKey: "any" };
  sns = new SNSClient({ region: "us-east-1", endpoint: app.cloud.urls.aws, credentials });
});
afterAll(async () => {
  sns.destroy();
  await app.stop();
});

const consumerLog = "/aws/lambda/secure-lambda-local-InternalLambda";
const awsPort = () => new URL(app.cloud.urls.aws).port;
const redrive = (...args: string[]) =>
  run(["node", "scripts/redrive.ts", "--aws-port", awsPort(), ...args]);

const publish = (Message: string) =>
  sns.send(new PublishCommand({ TopicArn: arnOf("GreetingTopicTopic"), Message }));

function arnOf(name: string): string {
  const found = app.cloud.graph("local").find((resource) => resource.name === name);
  return String(found?.outputs["arn"]);
}

/** The end of an attempt that failed. */
const failedAttempt = /"type":"platform\.report".*"status":"error"/;

it("has an event that failed three times tried again by the function that failed", async () => {
  // ExternalLambda would never let this through, and InternalLambda does not read it.
  await publish("line\nbreak");
  await untilLogged(app.cloud.logs, consumerLog, failedAttempt, 3);
  const shown = await untilShown(() => redrive("--dry-run"), /InvalidEventError/);
  expect(shown).toMatch(
    /failed in secure-lambda-local-InternalLambda +InvalidEventError +3 attempts/,
  );
  await expect(redrive()).resolves.toMatchObject({
    code: 0,
    stdout: expect.stringContaining("Moved 1, left 0."),
  });
  await untilLogged(app.cloud.logs, consumerLog, failedAttempt, 6);
});

it("has InternalLambda greet a message that the topic put into the queue", async () => {
  // Subscribed for a moment, the queue gets the envelope that a redrive policy puts there.
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({
      TopicArn: arnOf("GreetingTopicTopic"),
      Protocol: "sqs",
      Endpoint: arnOf("DeadLetters"),
      ReturnSubscriptionArn: true,
    }),
  );
  await publish("Grace");
  await app.greetings.arrived("Grace");
  await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  const greeted = "Hello Grace. Greetings from InternalLambda!";
  expect(app.greetings.all()).toEqual([greeted]);
  await untilShown(redrive, /not delivered from secure-lambda-local-GreetingTopic/);
  await untilLogged(app.cloud.logs, consumerLog, /Hello Grace\. Greetings/, 2);
  expect(app.greetings.all()).toEqual([greeted, greeted]);
});

/** A record is sent just after the last attempt is logged: looks again until it is there. */
async function untilShown(look: () => ReturnType<typeof run>, pattern: RegExp): Promise<string> {
  for (;;) {
    const { code, stdout, stderr } = await look();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    if (pattern.test(stdout)) return stdout;
  }
}
