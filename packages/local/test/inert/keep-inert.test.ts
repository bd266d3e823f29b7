/** A rehearsal: what is not supported is kept inert, and what refers to it goes on. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allow, lambdaTrust, output, policy } from "../resources/declarations.ts";
import { startDeployableCloud, type DeployableCloud } from "../resources/deployable-cloud.ts";

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud("keep");
});
afterEach(() => cloud.stop());

const TABLE = "aws:dynamodb/table:Table";
const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const ROLE = "aws:iam/role:Role";
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const FUNCTION = "aws:lambda/function:Function";
const INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
const GATEWAY = "aws:apigateway";
const INTEGRATION = `${GATEWAY}/integration:Integration`;
const USER_POOL = "aws:cognito/userPool:UserPool";

it("calls a bucket as its input does, by which others name it", async () => {
  const bucket = "files-of-ada";
  const applied = await cloud.deploy(async (declare) => {
    await declare("aws:s3/bucket:Bucket", "Files", { bucket });
  });
  expect(applied.get("Files")).toMatchObject({
    id: bucket,
    outputs: { bucket, arn: `arn:aws:s3:::${bucket}` },
  });
});

it("records a type that it does not know, with outputs that others can refer to", async () => {
  const inputs = { hashKey: "id", readCapacity: 5, streamEnabled: true };
  const applied = await cloud.deploy(async (declare) => {
    const table = await declare(TABLE, "Orders", inputs);
    await declare(ROLE, "Reader", {
      assumeRolePolicy: lambdaTrust,
      inlinePolicies: [{ policy: policy(allow("dynamodb:GetItem", output(table, "arn"))) }],
    });
  });
  const { id, outputs } = applied.get("Orders") ?? {};
  expect(id).toMatch(/^Orders-[0-9a-f]{7}$/);
  expect(outputs).toMatchObject({
    ...inputs,
    arn: `arn:aws:dynamodb:us-east-1:000000000000:table/${id}`,
    streamArn: expect.stringMatching(/:table\/Orders-[0-9a-f]{7}\/stream$/),
  });
  expect(cloud.inertParts()).toEqual([{ type: TABLE, name: "Orders", isWhole: true }]);
});

it("keeps what stands, and removes nothing that it did not make", async () => {
  const first = await cloud.deploy((declare) => declare(TABLE, "Orders", { hashKey: "id" }));
  const second = await cloud.deploy((declare) => declare(TABLE, "Orders", { hashKey: "other" }));
  expect(second.get("Orders")).toMatchObject({
    operation: "update",
    id: first.get("Orders")?.id,
    outputs: { hashKey: "other" },
  });
  await cloud.deploy(() => Promise.resolve());
  expect(cloud.inertParts()).toEqual([]);
});

it("applies a resource without the inputs that are not supported, nested ones too", async () => {
  await cloud.deploy(async (declare) => {
    await declare(USER_POOL, "Users", {
      lambdaConfig: { preSignUp: "arn" },
      passwordPolicy: { minimumLength: 20, futureRule: true },
      usernameAttributes: ["email", "phone_number"],
    });
  });
  expect(cloud.inertParts()).toEqual([
    {
      type: USER_POOL,
      name: "Users",
      isWhole: false,
      why: "without usernameAttributes, passwordPolicy.futureRule, lambdaConfig",
    },
  ]);
  expect(cloud.limitations()).toEqual([]);
});

it("leaves out what is found to be unsupported once something else is left out", async () => {
  const smsConfiguration = { externalId: "a", snsCallerArn: "b" };
  await cloud.deploy((declare) =>
    declare(USER_POOL, "Users", { mfaConfiguration: "ON", smsConfiguration }),
  );
  expect(cloud.inertParts()).toMatchObject([
    { isWhole: false, why: "without smsConfiguration, mfaConfiguration" },
  ]);
});

it("keeps what fails for want of something inert that it depends on", async () => {
  await cloud.deploy(async (declare) => {
    const { id: restApi, outputs } = await declare(`${GATEWAY}/restApi:RestApi`, "Api", {});
    const method = { restApi, resourceId: outputs["rootResourceId"], httpMethod: "GET" };
    await declare(`${GATEWAY}/method:Method`, "Get", { ...method, authorization: "NONE" });
    await declare(INTEGRATION, "ToSite", { ...method, type: "HTTP_PROXY", uri: "https://a.test" });
    const deployment = { restApi };
    await declare(`${GATEWAY}/deployment:Deployment`, "Deployment", deployment, [
      INTEGRATION,
      "ToSite",
    ]);
  });
  expect(cloud.inertParts()).toMatchObject([
    { name: "ToSite", why: expect.stringContaining("HTTP_PROXY") },
    { name: "Deployment", isWhole: true },
  ]);
});

it("keeps what fails for want of something inert two steps before", async () => {
  const destination = "arn:aws:sqs:us-east-1:000000000000:dead";
  const functionName = "greeter";
  await cloud.deploy(async (declare) => {
    const statement = allow("sqs:SendMessage", `${destination}\${aws:username}`);
    const inlinePolicies = [{ policy: policy(statement) }];
    const role = await declare(ROLE, "Role", { assumeRolePolicy: lambdaTrust, inlinePolicies });
    const source = { localCloudFile: await cloud.zip("export const handler = () => 1;") };
    const code = { bucket: "code", key: "greeter.zip" };
    await declare("aws:s3/bucketObjectv2:BucketObjectv2", "Code", { ...code, source });
    const settings = {
      runtime: "nodejs24.x",
      handler: "bundle.handler",
      role: role.outputs["arn"],
    };
    const inputs = { name: functionName, ...settings, s3Bucket: code.bucket, s3Key: code.key };
    await declare(FUNCTION, "Greeter", inputs, [ROLE, "Role"]);
    const destinationConfig = { onFailure: { destination } };
    await declare(INVOKE_CONFIG, "Failures", { functionName, destinationConfig }, [
      FUNCTION,
      "Greeter",
    ]);
  });
  expect(cloud.inertParts()).toMatchObject([
    { name: "Role", why: expect.stringContaining("policy variables are not evaluated") },
    { name: "Failures", why: expect.stringContaining("does not have permissions") },
  ]);
});

it("refuses wrong inputs, whatever they depend on", async () => {
  const deployment = cloud.deploy(async (declare) => {
    await declare(TABLE, "Orders", {});
    await declare(TOPIC, "Names", { displayName: "x".repeat(101) }, [TABLE, "Orders"]);
  });
  await expect(deployment).rejects.toThrow("displayName");
});

it("refuses what AWS rejects, two steps after a type that no service has", async () => {
  const deployment = cloud.deploy(async (declare) => {
    await declare(TABLE, "Orders", {});
    const { id: restApi } = await declare(`${GATEWAY}/restApi:RestApi`, "Api", {}, [
      TABLE,
      "Orders",
    ]);
    const api = [`${GATEWAY}/restApi:RestApi`, "Api"] as const;
    await declare(`${GATEWAY}/deployment:Deployment`, "Deployment", { restApi }, api);
  });
  await expect(deployment).rejects.toThrow("no method to deploy");
});

it.each([
  ["of another account", "arn:aws:sns:us-east-1:123456789012:company"],
  ["of this one", "arn:aws:sns:us-east-1:000000000000:company"],
])("keeps what refers to something outside the app inert: a topic %s", async (_, topic) => {
  await cloud.deploy((declare) =>
    declare(SUBSCRIPTION, "Company", {
      topic,
      protocol: "sqs",
      endpoint: "arn:aws:sqs:us-east-1:000000000000:jobs",
    }),
  );
  expect(cloud.inertParts()).toMatchObject([{ name: "Company", isWhole: true }]);
});

const declareFunctionWith = (settings: object) =>
  cloud.deploy(async (declare) => {
    const source = { localCloudFile: await cloud.zip("export const handler = () => 1;") };
    await declare(OBJECT, "Code", { bucket: "code", key: "f.zip", source });
    const place = { s3Bucket: "code", s3Key: "f.zip", role: "arn:aws:iam::000000000000:role/r" };
    const runtime = { runtime: "nodejs24.x", handler: "bundle.handler" };
    await declare(FUNCTION, "Greeter", { ...place, ...runtime, ...settings });
  });

describe("a function of a rehearsal", () => {
  it.each([
    ["a runtime", { runtime: "python3.14" }],
    [
      "a variable that AWS takes",
      { environment: { variables: { AWS_LAMBDA_EXEC_WRAPPER: "/w" } } },
    ],
    ["more concurrency than an account has by default", { reservedConcurrentExecutions: 2_000 }],
    ["code that is elsewhere", { s3Key: "other.zip" }],
    ["layers", { layers: ["arn:layer"] }],
  ])("may have %s", async (_, settings) => {
    await declareFunctionWith(settings);
    expect(cloud.inertParts()).toMatchObject([{ type: FUNCTION, why: expect.any(String) }]);
  });

  it.each([
    [
      "a variable that Lambda reserves",
      { environment: { variables: { AWS_REGION: "r" } } },
      "AWS_REGION",
    ],
    ["a timeout above Lambda's", { timeout: 901 }, "The timeout"],
  ])("may not have %s", async (_, settings, named) => {
    await expect(declareFunctionWith(settings)).rejects.toThrow(named);
  });
});

it("keeps code inert that is no file", async () => {
  await cloud.deploy((declare) =>
    declare(OBJECT, "Page", { bucket: "b", key: "k", source: { localCloudAsset: "text" } }),
  );
  expect(cloud.inertParts()).toMatchObject([{ type: OBJECT, name: "Page" }]);
});

describe("a call for data of a rehearsal", () => {
  it("is answered with what the provider declares, and what it was given", async () => {
    const vpc = await cloud.invoke("aws:ec2/getVpc:getVpc", { id: "vpc-1" });
    expect(vpc).toMatchObject({ id: "vpc-1", cidrBlock: "getVpc-cidrBlock" });
    expect(cloud.inertParts()).toEqual([
      { type: "aws:ec2/getVpc:getVpc", name: "", isWhole: true },
    ]);
  });

  it("is answered without the arguments that are not supported", async () => {
    const token = "aws:iam/getPolicyDocument:getPolicyDocument";
    const statements = [{ actions: ["a:b"], resources: ["c"] }];
    const given = { statements, sourcePolicyDocuments: ["{}"] };
    expect(await cloud.invoke(token, given)).toMatchObject({
      minifiedJson: expect.stringContaining('"a:b"'),
    });
    expect(cloud.inertParts()).toEqual([
      { type: token, name: "", isWhole: false, why: "without sourcePolicyDocuments" },
    ]);
  });
});

it("answers a look-up of what is outside the app", async () => {
  const applied = await cloud.lookUp(USER_POOL, "Company", "us-east-1_AbCdEfGhI");
  expect(applied).toMatchObject({
    operation: "same",
    id: "us-east-1_AbCdEfGhI",
    outputs: { name: "us-east-1_AbCdEfGhI", endpoint: expect.any(String) },
  });
  expect(cloud.inertParts()).toMatchObject([{ type: USER_POOL, name: "Company", isWhole: true }]);
});
