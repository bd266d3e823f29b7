/** The alarms of `prod`: each goes off by its real cause, notifies, and ends with the cause. */
import { SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { run } from "../../packages/local/test/support/command.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { deployAlarmedApp, type AlarmedApp } from "../support/alarmed-app.ts";
import { openAws, type AwsClients } from "../support/aws-clients.ts";
import { graphOf, textOutput } from "../support/graph.ts";
import { untilLogged, untilLogs } from "../support/log-lines.ts";
import { environmentsOf, killProcess } from "../support/processes.ts";

const names = namesOf("prod");
const all = [
  "ApiServerErrors",
  "DeadLetters",
  "ExternalLambdaErrors",
  "ExternalLambdaSlow",
  "ExternalLambdaThrottles",
  "FailuresLost",
  "InternalLambdaErrors",
  "InternalLambdaSlow",
  "InternalLambdaThrottles",
  "RedriveFailures",
  "WrongDimension",
];

let app: AlarmedApp;
let aws: AwsClients;
/** The topic takes messages only from this function. */
let asExternalLambda: AwsClients;
beforeAll(async () => {
  app = await deployAlarmedApp();
  aws = openAws(app.urls.aws);
  asExternalLambda = openAws(app.urls.aws, names.resource("ExternalLambda"));
  await app.createUsers();
  const [confirmation] = await app.mails();
  await fetch(confirmation?.link ?? "");
  app.pass();
});
afterAll(async () => {
  aws?.close();
  asExternalLambda?.close();
  await app?.stop();
});

type Lambda = "ExternalLambda" | "InternalLambda";

const graph = () => graphOf(app.cloud.graph("prod"));
const topicArn = () => textOutput(graph().one("aws:sns/topic:Topic", "GreetingTopicTopic"), "arn");
const deadLetters = () => graph().one("aws:sqs/queue:Queue", "DeadLetters");
const publish = (name: string) => asExternalLambda.publish(topicArn(), name);

async function deadLetterCount(): Promise<string | undefined> {
  const { Attributes } = await aws.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: textOutput(deadLetters(), "url"),
      AttributeNames: ["ApproximateNumberOfMessages"],
    }),
  );
  return Attributes?.["ApproximateNumberOfMessages"];
}

/** Takes away what the queue's policy allows; what this gives puts it back. */
async function closeQueue(): Promise<() => Promise<unknown>> {
  const QueueUrl = textOutput(deadLetters(), "url");
  const asked = { QueueUrl, AttributeNames: ["Policy" as const] };
  const { Attributes } = await aws.sqs.send(new GetQueueAttributesCommand(asked));
  const denial = { Effect: "Deny", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [denial] });
  const put = (policy: string) =>
    aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: policy } }));
  await put(Policy);
  return () => put(Attributes?.["Policy"] ?? "");
}

async function post(body = {}, token?: string): Promise<number> {
  const authorization = `Bearer ${token ?? (await app.token(1))}`;
  return (await app.post("/lambda1", { authorization, body })).status;
}

/**
 * Acts on the processes of a function each time that one gets an event, until so many attempts have
 * failed.
 */
function failing(lambda: Lambda, attempts: number, act: (pid: number) => void) {
  const ended = Promise.withResolvers<void>();
  let ends = 0;
  const unsubscribe = app.logs.subscribe(({ group, message }) => {
    if (group !== names.functionLog(lambda)) return;
    if (message.includes('"platform.start"')) {
      const pids = environmentsOf(app.cloud.folder, lambda);
      const actOnAll = () => {
        for (const pid of pids) act(pid);
      };
      // A process is continued to read the event, after this line is written: then again.
      actOnAll();
      setImmediate(actOnAll);
    }
    if (failedAttempt.test(message)) ends += 1;
    if (ends < attempts) return;
    unsubscribe();
    ended.resolve();
  });
  return ended.promise;
}

const suspend = (pid: number) => void process.kill(pid, "SIGSTOP");

/** Ends processes that wait: the next event gets a new one, which is suspended before it reads it. */
function stopIdle(lambda: Lambda): void {
  for (const pid of environmentsOf(app.cloud.folder, lambda)) killProcess(pid);
}

/** The end of an attempt that failed. */
const failedAttempt = /"type":"platform\.report".*"status":"(?:error|timeout)"/;
const requestIdOf = (line: string) => /"requestId":"([^"]+)"/.exec(line)?.[1];

/**
 * Waits for the end of the invocations that have greeted, not only for their greetings: until then the
 * one environment that may run is busy, and the next event is throttled.
 */
function untilGreeted(name: string, times = 1): Promise<void> {
  return untilLogs(app.logs, () => {
    const lines = app.logs.read(names.functionLog("InternalLambda")).map(({ message }) => message);
    const reports = lines.filter((line) => line.includes('"type":"platform.report"'));
    const ended = new Set(reports.map(requestIdOf));
    const greetings = lines.filter((line) => line.includes(`Hello ${name}.`));
    return greetings.filter((line) => ended.has(requestIdOf(line))).length >= times;
  });
}

/** The alarms that are on at the end of this minute. */
async function alarmsOn(): Promise<string[]> {
  app.pass();
  return app.alarmsIn("ALARM");
}

/** Every alarm is over a quarter of an hour after its cause. */
async function expectCalm(): Promise<void> {
  app.pass(16);
  expect(await app.alarmsIn("OK")).toEqual(all);
}

it("all are OK, and notify so, at the end of the first minute", async () => {
  expect(await app.alarmsIn("OK")).toEqual(all);
  expect((await app.mails()).map(({ subject }) => subject)).toContain(
    `OK: "${names.resource("DeadLetters")}" in US East (N. Virginia)`,
  );
});

it("a function that exits: its error rate, and the API's", async () => {
  expect(await post()).toBe(200);
  const ended = failing("ExternalLambda", 1, killProcess);
  expect(await post()).toBe(502);
  await ended;
  expect(await alarmsOn()).toEqual(["ApiServerErrors", "ExternalLambdaErrors"]);
  await expectCalm();
});

it("a function that hangs", async () => {
  const ended = failing("ExternalLambda", 1, suspend);
  expect(await post()).toBe(502);
  await ended;
  expect(await alarmsOn()).toEqual([
    "ApiServerErrors",
    "ExternalLambdaErrors",
    "ExternalLambdaSlow",
  ]);
  await expectCalm();
});

/** The function refuses this name, past the gateway's model: no event makes InternalLambda busy as well. */
async function flood() {
  const token = await app.token(1);
  return Promise.all(Array.from({ length: 10 }, () => post({ name: " " }, token)));
}

it("more requests at once than functions may run", async () => {
  await expect.poll(flood).toContain(500);
  expect(await alarmsOn()).toEqual(["ApiServerErrors", "ExternalLambdaThrottles"]);
  await expectCalm();
});

it("a consumer that hangs each time: a dead letter, which a redrive clears", async () => {
  stopIdle("InternalLambda");
  const ended = failing("InternalLambda", 3, suspend);
  await publish("Alan");
  await ended;
  await expect.poll(deadLetterCount).toBe("1");
  expect(await alarmsOn()).toEqual(["DeadLetters", "InternalLambdaErrors", "InternalLambdaSlow"]);
  const subject = `ALARM: "${names.resource("DeadLetters")}" in US East (N. Virginia)`;
  const mail = (await app.mails()).find((one) => one.subject === subject);
  expect(mail?.text).toContain("Messages are in the dead-letter queue. Inspect them");
  expect(mail?.text).toContain("was greater than the threshold (0.0)");

  const port = new URL(app.urls.aws).port;
  const args = ["--aws-port", port, "--stage", "prod"];
  expect(await run(["node", "scripts/redrive.ts", ...args])).toMatchObject({
    stdout: expect.stringContaining("Moved 1, left 0."),
  });
  await untilGreeted("Alan");
  await expectCalm();
});

it("more events at once than consumers may run", async () => {
  const count = 20;
  await Promise.all(Array.from({ length: count }, () => publish("Grace")));
  await untilGreeted("Grace", count);
  expect(await alarmsOn()).toEqual(["InternalLambdaThrottles"]);
  await expectCalm();
});

it("a dead-letter queue that takes nothing: a lost event", async () => {
  const restore = await closeQueue();
  // ExternalLambda would never let this through, and InternalLambda does not read it.
  await publish("line\nbreak");
  await untilLogged(app.logs, names.functionLog("InternalLambda"), /The event is lost/, 1);
  const alarms = await alarmsOn();
  await restore();
  expect(alarms.join()).toBe("FailuresLost,InternalLambdaErrors");
  await expectCalm();
});

it("a subscriber that is gone, and such a queue: a lost message", async () => {
  const restore = await closeQueue();
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: textOutput(deadLetters(), "arn") });
  const { SubscriptionArn } = await aws.sns.send(
    new SubscribeCommand({
      TopicArn: topicArn(),
      Protocol: "sqs",
      Endpoint: "arn:aws:sqs:us-east-1:000000000000:gone",
      Attributes: { RedrivePolicy },
    }),
  );
  await publish("Edsger");
  await untilGreeted("Edsger");
  const log = `sns/us-east-1/000000000000/${names.resource("GreetingTopic")}/Failure`;
  await untilLogged(app.logs, log, /A message is dropped/, 1);
  const alarms = await alarmsOn();
  await aws.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  await restore();
  expect(alarms.join()).toBe("RedriveFailures");
  await expectCalm();
});
