/** The AWS CLI, version 2, against the deployed app: what an operator types. */
import { appName } from "@secure-lambda/functions/contract";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { start } from "../../packages/local/test/support/command.ts";
import { deployApp, type DeployedApp } from "../support/deployed-app.ts";
import { openAwsCli, type AwsCli } from "../support/aws-cli.ts";
import { testFunctions } from "./aws-cli-functions.ts";
import { testPlayBooks } from "./aws-cli-play-books.ts";
import { testRefusals } from "./aws-cli-refusals.ts";

const home = fs.mkdtempSync(path.join(os.tmpdir(), "aws-cli-"));
const consumer = `${appName}-local-InternalLambda`;
const consumerLogs = `/aws/lambda/${consumer}`;
const topicArn = `arn:aws:sns:us-east-1:000000000000:${appName}-local-GreetingTopic`;

let cli: AwsCli;
let app: DeployedApp;
let queueUrl: string;

beforeAll(async () => {
  cli = await openAwsCli({ home, awsUrl: () => app.cloud.urls.aws });
  app = await deployApp();
  queueUrl = `${app.cloud.urls.aws}/000000000000/${appName}-local-DeadLetters`;
});
afterAll(async () => {
  await app?.stop();
  fs.rmSync(home, { recursive: true, force: true });
});

const text = z.string().min(1);
const messageId = z.object({ MessageId: text });
const received = z.object({ Body: text, ReceiptHandle: text, Attributes: z.looseObject({}) });
const logEvents = z.object({ events: z.array(z.object({ message: text })) });

/** The topic's policy lets only this function's role publish. */
const publish = (name: string) =>
  cli.aws(
    messageId,
    `sns publish --topic-arn ${topicArn} --message ${name}`,
    [],
    `${appName}-local-ExternalLambda`,
  );

describe("an operator", () => {
  it("is the account's root", async () => {
    const identity = z.object({ Account: text, Arn: text, UserId: text });
    await expect(cli.aws(identity, "sts get-caller-identity")).resolves.toEqual({
      Account: "000000000000",
      Arn: "arn:aws:iam::000000000000:root",
      UserId: "000000000000",
    });
  });

  it("creates a user, who changes the password at the first sign-in and is let in", async () => {
    const { UserPools } = await cli.aws(
      z.object({ UserPools: z.array(z.object({ Id: text, Name: text })) }),
      "cognito-idp list-user-pools --max-results 9",
    );
    const pool = UserPools.find(({ Name }) => Name.includes("MyUserPool1"))?.Id ?? "none";
    const { UserPoolClients } = await cli.aws(
      z.object({ UserPoolClients: z.tuple([z.object({ ClientId: text })]) }),
      `cognito-idp list-user-pool-clients --user-pool-id ${pool}`,
    );
    const client = UserPoolClients[0].ClientId;
    const user = "--username ada@example.com --temporary-password Temporary-14!!";
    await cli.aws(
      z.object({ User: z.object({ UserStatus: z.literal("FORCE_CHANGE_PASSWORD") }) }),
      `cognito-idp admin-create-user --user-pool-id ${pool} ${user} --message-action SUPPRESS`,
    );
    const { Session, ChallengeParameters } = await cli.aws(
      z.object({
        ChallengeName: z.literal("NEW_PASSWORD_REQUIRED"),
        Session: text,
        ChallengeParameters: z.object({ USER_ID_FOR_SRP: text }),
      }),
      `cognito-idp initiate-auth --client-id ${client} --auth-flow USER_PASSWORD_AUTH`,
      ["--auth-parameters", "USERNAME=ada@example.com,PASSWORD=Temporary-14!!"],
    );
    const { AuthenticationResult } = await cli.aws(
      z.object({ AuthenticationResult: z.object({ IdToken: text }) }),
      `cognito-idp respond-to-auth-challenge --client-id ${client} --session ${Session}`,
      [
        "--challenge-name=NEW_PASSWORD_REQUIRED",
        `--challenge-responses=USERNAME=${ChallengeParameters.USER_ID_FOR_SRP},NEW_PASSWORD=Correct-horse-1`,
      ],
    );
    const authorization = `Bearer ${AuthenticationResult.IdToken}`;
    const { status } = await app.post("/lambda1", { authorization, body: { name: "Ada" } });
    expect(status).toBe(200);
  });

  it("reads the secret", async () => {
    const { SecretString } = await cli.aws(
      z.object({ SecretString: text }),
      `secretsmanager get-secret-value --secret-id ${appName}/local/LambdaSNSTopicARN`,
    );
    expect(JSON.parse(SecretString)).toEqual({ TOPIC_ARN: topicArn });
  });

  it("publishes a name, which is greeted, and finds the greeting in the log group", async () => {
    await publish("Grace");
    await app.greetings.arrived("Grace");
    const inGroup = `--log-group-name ${consumerLogs}`;
    const [{ logGroups }, { logStreams }, found] = await Promise.all([
      cli.aws(
        z.object({ logGroups: z.array(z.object({ logGroupName: text })) }),
        "logs describe-log-groups --log-group-name-prefix /aws/lambda/",
      ),
      cli.aws(
        z.object({ logStreams: z.array(z.object({ logStreamName: text })) }),
        `logs describe-log-streams ${inGroup} --order-by LastEventTime --descending`,
      ),
      cli.aws(
        z.object({ events: z.tuple([z.object({ message: text, logStreamName: text })]) }),
        `logs filter-log-events ${inGroup} --filter-pattern`,
        ['{ $.message.message = "Hello Grace.*" && $.level = "INFO" }'],
      ),
    ]);
    expect(logGroups.map(({ logGroupName }) => logGroupName)).toContain(consumerLogs);
    // An earlier greeting may have come to another environment, and end later.
    const [{ message, logStreamName }] = found.events;
    expect(message).toContain("Hello Grace. Greetings from InternalLambda!");
    expect(logStreams).toContainEqual({ logStreamName });
    const { events } = await cli.aws(
      logEvents,
      `logs get-log-events ${inGroup} --log-stream-name ${logStreamName} --start-from-head`,
    );
    expect(events).toContainEqual({ message });
  });

  it("follows a log group", async () => {
    await publish("Katherine");
    await app.greetings.arrived("Katherine");
    const line = `logs tail ${consumerLogs} --follow --format short`;
    const tail = start(cli.command(line), { env: cli.environment() });
    await tail.line(/Hello Katherine\. Greetings/);
    await publish("Dorothy");
    await tail.line(/Hello Dorothy\. Greetings/);
    tail.interrupt();
    await tail.ended;
    const repeated = tail.stdout.filter((printed) => printed.includes("Hello Katherine."));
    expect(repeated).toHaveLength(1);
  });

  it("publishes a metric and reads it", async () => {
    const metric = "--namespace Orders --metric-name Accepted";
    expect((await cli.type(`cloudwatch put-metric-data ${metric} --value 3`)).code).toBe(0);
    const [hour, now] = [Date.now() - 3_600_000, Date.now() + 60_000];
    const range = `--start-time ${new Date(hour).toISOString()} --end-time ${new Date(now).toISOString()}`;
    const of = { Metric: { Namespace: "Orders", MetricName: "Accepted" }, Period: 60, Stat: "Sum" };
    const queries = JSON.stringify([{ Id: "accepted", MetricStat: of }]);
    const { MetricDataResults } = await cli.aws(
      z.object({ MetricDataResults: z.tuple([z.object({ Values: z.array(z.number()) })]) }),
      `cloudwatch get-metric-data ${range} --metric-data-queries`,
      [queries],
    );
    expect(MetricDataResults[0].Values).toEqual([3]);
  });

  it("reads the dead-letter queue", async () => {
    await cli.aws(
      z.object({ StatusCode: z.literal(202) }),
      `lambda invoke --function-name ${consumer} --invocation-type Event ${home}/nothing.json`,
    );
    const [{ QueueUrls }, { QueueUrl }, { Messages }] = await Promise.all([
      cli.aws(z.object({ QueueUrls: z.array(text) }), "sqs list-queues"),
      cli.aws(
        z.object({ QueueUrl: text }),
        `sqs get-queue-url --queue-name ${appName}-local-DeadLetters`,
      ),
      cli.aws(
        z.object({ Messages: z.tuple([received]) }),
        `sqs receive-message --queue-url ${queueUrl} --visibility-timeout 600 --wait-time-seconds 20 --attribute-names All`,
      ),
    ]);
    expect(QueueUrls).toEqual([queueUrl]);
    expect(QueueUrl).toBe(queueUrl);
    expect(JSON.parse(Messages[0].Body)).toMatchObject({
      requestContext: { condition: "RetriesExhausted" },
      requestPayload: {},
    });
    expect(Messages[0].Attributes).toMatchObject({ ApproximateReceiveCount: "1" });
    const { Attributes } = await cli.aws(
      z.object({ Attributes: z.record(z.string(), z.string()) }),
      `sqs get-queue-attributes --queue-url ${queueUrl} --attribute-names All`,
    );
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "1" });
    // Others count the dead letters that they make.
    const [{ ReceiptHandle }] = Messages;
    await expect(
      cli.type(`sqs delete-message --queue-url ${queueUrl} --receipt-handle ${ReceiptHandle}`),
    ).resolves.toMatchObject({ code: 0 });
  });
});

describe("an operator of functions", () => {
  testFunctions(() => cli, { home, consumer, topicArn });
});

describe("a refusal", () => {
  testRefusals(() => cli, consumer);
});

describe("the play-books", () => {
  testPlayBooks(
    () => cli,
    () => app,
    consumer,
  );
});
