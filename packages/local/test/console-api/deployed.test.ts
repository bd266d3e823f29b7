/** What deployments made, in the console's API: changes, grants, secrets. */
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { createTestCloud, type TestCloud } from "../support/test-cloud.ts";
import { openApi } from "./api-client.ts";

const base = { parent: "", custom: true, ignoreChanges: [], dependencies: {}, dependsOn: [] };

let cloud: TestCloud;
let api: ReturnType<typeof openApi>;
beforeEach(() => {
  cloud = createTestCloud();
  onTestFinished(() => cloud.stop());
  api = openApi(cloud);
});

const apply = (type: string, name: string, inputs: Record<string, unknown>) =>
  api.deployments.apply({ ...base, type, name, urn: `urn:${name}`, inputs });

it("a deployment's changes are listed without secrets, the first one's not", async () => {
  const secret = { type: "aws:secretsmanager/secret:Secret", name: "Secret" };
  const version = "aws:secretsmanager/secretVersion:SecretVersion";
  const deploySecret = async (secretString: string) => {
    api.deployments.begin("test");
    const { id } = await apply(secret.type, secret.name, { name: "topic" });
    await apply(version, "Version", { secretId: id, secretString });
    await api.deployments.complete();
  };
  await deploySecret("hush");
  expect((await api.call("GET", "/changes")).json).toEqual({ changes: [] });
  await deploySecret("whisper");
  expect((await api.call("GET", "/changes")).json).toMatchObject({
    changes: [
      {
        stage: "test",
        name: "Version",
        kind: "changed",
        inputs: [{ name: "secretString", before: '"***"', after: '"***"' }],
      },
    ],
  });
  const { json } = await api.call("GET", "/secrets");
  expect(json).toMatchObject({ secrets: [{ name: "topic" }] });
  expect(JSON.stringify(json)).not.toContain("whisper");
});

it("a queue's policy says who may send to it, and when", async () => {
  api.deployments.begin("test");
  const { outputs } = await apply("aws:sqs/queue:Queue", "Letters", { name: "letters" });
  const Condition = { ArnEquals: { "aws:SourceArn": "arn:aws:sns:us-east-1:000000000000:names" } };
  const statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: outputs["arn"] };
  const Principal = { Service: "sns.amazonaws.com" };
  const policy = { Version: "2012-10-17", Statement: [{ ...statement, Principal, Condition }] };
  await apply("aws:sqs/queuePolicy:QueuePolicy", "Policy", {
    queueUrl: outputs["url"],
    policy: JSON.stringify(policy),
  });
  expect((await api.call("GET", "/grants")).json).toEqual({
    grants: [
      {
        who: "sns.amazonaws.com",
        effect: "may",
        actions: "sqs:SendMessage",
        on: "Letters",
        when: "aws:SourceArn ArnEquals arn:aws:sns:us-east-1:000000000000:names",
        policy: "the policy of Letters",
      },
    ],
  });
});

it("a policy is listed once, on what it belongs to, where it is a resource of its own", async () => {
  api.deployments.begin("test");
  const { outputs } = await apply("aws:sns/topic:Topic", "Greetings", { name: "greetings" });
  const statement = { Effect: "Allow", Principal: "*", Action: "sns:Publish" };
  const policy = { Version: "2012-10-17", Statement: [{ ...statement, Resource: outputs["arn"] }] };
  await apply("aws:sns/topicPolicy:TopicPolicy", "Policy", {
    arn: outputs["arn"],
    policy: JSON.stringify(policy),
  });
  expect((await api.call("GET", "/grants")).json).toMatchObject({
    grants: [{ who: "everyone", on: "Greetings", policy: "the policy of Greetings" }],
  });
});
