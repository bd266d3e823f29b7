/** Dead letters of the deployed app, by both ways, and that a redrive has them tried again. */
import { appName } from "@secure-lambda/functions/contract";
import fs from "node:fs";
import { SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openAws, type AwsClients } from "../support/aws-clients.ts";
import { run } from "../../packages/local/test/support/command.ts";
import { untilLogged } from "../support/log-lines.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";
import { namesOf } from "../../stacks/settings/names.ts";

let app: SharedApp;
let aws: AwsClients;
/** The topic takes messages only from this function. */
let asExternalLambda: AwsClients;
beforeAll(async () => {
  app = await useSharedApp();
  aws = openAws(app.urls.aws);
  asExternalLambda = openAws(app.urls.aws, namesOf("local").resource("ExternalLambda"));
});
afterAll(() => {
  aws?.close();
  asExternalLambda?.close();
  app?.close();
});

const consumerLog = namesOf("local").functionLog("InternalLambda");
const awsPort = () => new URL(app.urls.aws).port;
const redrive = (...args: string[]) =>
  run(["node", "scripts/redrive.ts", "--aws-port", awsPort(), ...args]);

const publish = (message: string) => asExternalLambda.publish(arnOf("GreetingTopicTopic"), message);

function arnOf(name: string): string {
  const found = app.graph.find((resource) => resource.name === name);
  return String(found?.outputs["arn"]);
}

/** The end of an attempt that failed. */
const failedAttempt = /"type":"platform\.report".*"status":"error"/;
const failedAttempts = () =>
  app.logs.read(consumerLog).filter(({ message }) => failedAttempt.test(message)).length;

/** The request with curl by which the documentation makes a dead letter, to this cloud's endpoint. */
function documentedRequest(): string {
  const text = fs.readFileSync("docs/operations.md", "utf8");
  const [request = "none"] = /^curl .*--aws-sigv4[^]*?(?=\n```)/m.exec(text) ?? [];
  return request.replace("http://127.0.0.1:4566", app.urls.aws);
}

it("has an event that failed three times tried again by the function that failed", async () => {
  // ExternalLambda would never let this through, and InternalLambda does not read it.
  await publish("line\nbreak");
  await untilLogged(app.logs, consumerLog, failedAttempt, 3);
  // The places of the error, in the sources.
  await untilLogged(app.logs, consumerLog, /packages\/functions\/src\/sns\/[\w-]+\.ts:\d+/, 3);
  const shown = await untilShown(() => redrive("--dry-run"), /InvalidEventError/);
  expect(shown).toMatch(
    new RegExp(`failed in ${appName}-local-InternalLambda, InvalidEventError, 3 attempts`),
  );
  await expect(redrive()).resolves.toMatchObject({
    code: 0,
    stdout: expect.stringContaining("Moved 1, left 0."),
  });
  // It fails as often as before, and is back in the queue.
  await untilLogged(app.logs, consumerLog, failedAttempt, 6);
  await untilShown(() => redrive("--drop", "--yes"), /^Discarded 1, left 0\.$/m);
});

it("discards what the documented request to the topic has made a dead letter", async () => {
  const failed = failedAttempts() + 3;
  await expect(run(["sh", "-c", documentedRequest()])).resolves.toMatchObject({
    code: 0,
    stdout: expect.stringContaining("<MessageId>"),
  });
  await untilLogged(app.logs, consumerLog, failedAttempt, failed);
  await untilShown(() => redrive("--dry-run"), /InvalidEventError, 3 attempts/);
  await expect(redrive("--drop", "--yes")).resolves.toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\nDiscarded 1, left 0\.$/),
  });
  await expect(redrive()).resolves.toMatchObject({ stdout: "The dead-letter queue is empty." });
});

it("has InternalLambda greet a message that the topic put into the queue", async () => {
  // Subscribed for a moment, the queue gets the envelope that a redrive policy puts there.
  const { SubscriptionArn } = await aws.sns.send(
    new SubscribeCommand({
      TopicArn: arnOf("GreetingTopicTopic"),
      Protocol: "sqs",
      Endpoint: arnOf("DeadLetters"),
      ReturnSubscriptionArn: true,
    }),
  );
  await publish("Grace");
  await app.greetings.arrived("Grace");
  await aws.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  const greeted = "Hello Grace. Greetings from InternalLambda!";
  expect(app.greetings.all()).toEqual([greeted]);
  await untilShown(redrive, new RegExp(`not delivered from ${appName}-local-GreetingTopic`));
  await untilLogged(app.logs, consumerLog, /Hello Grace\. Greetings/, 2);
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
