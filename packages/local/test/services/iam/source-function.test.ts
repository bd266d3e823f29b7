/**
 * Grants with a condition on the function whose code calls.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { problemWithResourcePolicy } from "../../../src/services/iam/policy.ts";
import { environment, startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { settingsOf, zipOf } from "../lambda/lambda-harness.ts";
import { policy, queue, roleOfName, root, topic } from "./policies-in-force.ts";

const functionArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** What the role may do, if the call is of the code of that function. */
const onlyFrom = (name: string, Action: string | string[], Resource: string) => ({
  Effect: "Allow",
  Action,
  Resource,
  Condition: { ArnEquals: { "lambda:SourceFunctionArn": functionArn(name) } },
});

let cloud: StartedCloud;
beforeEach(async () => {
  cloud = await startTestCloud();
});
afterEach(() => cloud.stop());

/** A function with the one role. */
async function createFunction(name: string): Promise<void> {
  const source = `export const handler = () => { throw new Error("no"); };`;
  const zipFile = await zipOf(cloud.folder, { "bundle.mjs": source });
  await cloud.lambda.putFunction(settingsOf(zipFile, { name, roleArn: roleOfName("Shared") }));
}

const putRole = (...statements: readonly object[]) =>
  cloud.roles.put({
    name: "Shared",
    arn: roleOfName("Shared"),
    inlinePolicies: [policy(...statements)],
  });

/** Publishes with the credentials that Lambda gave a function. */
async function publishAs(name: string): Promise<unknown> {
  const sns = new SNSClient({
    endpoint: cloud.url,
    region: environment.region,
    credentials: { accessKeyId: name, secretAccessKey: "any" },
    maxAttempts: 1,
  });
  onTestFinished(() => sns.destroy());
  return sns.send(new PublishCommand({ TopicArn: topic, Message: "Ada" }));
}

describe("a grant for the code of one function", () => {
  it("lets its credentials through, and none of another function with the same role", async () => {
    await createFunction("Publisher");
    await createFunction("Impostor");
    cloud.topics.create("names");
    putRole(onlyFrom("Publisher", "sns:Publish", topic));

    await expect(publishAs("Publisher")).resolves.toBeDefined();
    await expect(publishAs("Impostor")).rejects.toMatchObject({
      name: "AuthorizationErrorException",
      message: expect.stringContaining("assumed-role/Shared/Impostor is not authorized"),
    });
  });

  it("holds for the topic's key too, which SNS uses in the name of the caller", async () => {
    await createFunction("Publisher");
    await createFunction("Impostor");
    const account = { Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" };
    const { arn } = cloud.kms.keys.create({
      description: "",
      policy: policy(account),
      isEnabled: true,
    });
    cloud.topics.create("names", { KmsMasterKeyId: arn });
    putRole(
      { Effect: "Allow", Action: "sns:Publish", Resource: topic },
      onlyFrom("Publisher", ["kms:Decrypt", "kms:GenerateDataKey"], arn),
    );

    await expect(publishAs("Publisher")).resolves.toBeDefined();
    await expect(publishAs("Impostor")).rejects.toMatchObject({ name: "KMSAccessDeniedException" });
  });

  it("does not let Lambda send to a destination, which it does outside the function", async () => {
    await createFunction("Consumer");
    cloud.queues.create("letters");
    cloud.lambda.putEventInvokeConfig("Consumer", { maximumRetryAttempts: 0, onFailure: queue });
    const fail = async () => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      cloud.lambda.invokeAsync(functionArn("Consumer"), "{}", {
        onOutcome: ({ delivered }) => resolve(delivered),
      });
      return promise;
    };

    putRole(onlyFrom("Consumer", "sqs:SendMessage", queue));
    expect(await fail()).toBe(false);
    putRole({ Effect: "Allow", Action: "sqs:SendMessage", Resource: queue });
    expect(await fail()).toBe(true);
  });

  it("is not in the policy of a resource, where AWS does not know the key", () => {
    const { Effect, Action, Resource, Condition } = onlyFrom("Publisher", "sns:Publish", topic);
    const statement = { Effect, Principal: { AWS: root }, Action, Resource, Condition };
    expect(problemWithResourcePolicy(policy(statement))).toContain(
      "a resource's policy cannot have lambda:SourceFunctionArn",
    );
  });
});
