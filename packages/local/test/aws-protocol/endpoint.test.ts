/** Which requests the endpoint takes, and how it rejects the others. */
import { createRequestRecorder } from "../../src/requests/recorder.ts";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { CreateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { RotateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { CreatePlatformApplicationCommand } from "@aws-sdk/client-sns";
import { StartMessageMoveTaskCommand } from "@aws-sdk/client-sqs";
import { GetBucketAclCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAwsEndpoint } from "../../src/aws-protocol/endpoint.ts";
import { listen, type Listener } from "../../src/http/listen.ts";
import { environment, startTestCloud, type StartedCloud } from "../support/test-cloud.ts";

const scope = (service: string, { caller = "caller", region = environment.region } = {}) =>
  `AWS4-HMAC-SHA256 Credential=${caller}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

describe("without services", () => {
  const endpoint = createAwsEndpoint({
    requests: createRequestRecorder(),
    authorize: () => undefined,
    region: environment.region,
    services: {},
    publicDocument: () => undefined,
    webOrigins: () => new Set(),
    onError: () => undefined,
  });
  let listener: Listener;
  beforeAll(async () => {
    listener = await listen(endpoint.fetch, 0);
  });
  afterAll(() => listener.close());

  test("a service that is not there is rejected by name, with its operation", async () => {
    const lambda = new LambdaClient({
      endpoint: listener.url,
      region: environment.region,
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      maxAttempts: 1,
    });
    await expect(lambda.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: "The local cloud does not support lambda:GET /2015-03-31/functions.",
      $metadata: { httpStatusCode: 501 },
    });
    lambda.destroy();
  });

  test("a service of the query protocol that is not there gets its error as XML", async () => {
    const response = await fetch(listener.url, {
      method: "POST",
      headers: { authorization: scope("sts") },
      body: new URLSearchParams({ Action: "GetCallerIdentity" }),
    });
    expect(response.status).toBe(501);
    const document = await response.text();
    expect(document).toContain("<Code>InvalidAction</Code>");
    expect(document).toContain("does not support sts:GetCallerIdentity.");
  });
});

describe("with every service", () => {
  let aws: StartedCloud;
  beforeAll(async () => {
    aws = await startTestCloud();
  });
  afterAll(() => aws.stop());

  test("an unknown operation of a JSON service is rejected by name", async () => {
    const command = new CreateUserPoolCommand({ PoolName: "any" });
    await expect(aws.clients.cognito.send(command)).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: "The local cloud does not support cognito-idp:CreateUserPool.",
      $metadata: { httpStatusCode: 400 },
    });
    await expect(
      aws.clients.secretsManager.send(new RotateSecretCommand({ SecretId: "any" })),
    ).rejects.toThrow("The local cloud does not support secretsmanager:RotateSecret.");
  });

  test("an unknown operation of SNS, SQS and S3 is rejected by name in their protocols", async () => {
    const { sns, sqs, s3 } = aws.clients;
    const application = { Name: "a", Platform: "GCM", Attributes: {} };
    await expect(sns.send(new CreatePlatformApplicationCommand(application))).rejects.toMatchObject(
      {
        name: "InvalidAction",
        message: "The local cloud does not support sns:CreatePlatformApplication.",
      },
    );
    await expect(
      sqs.send(new StartMessageMoveTaskCommand({ SourceArn: "arn" })),
    ).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: "The local cloud does not support sqs:StartMessageMoveTask.",
    });
    await expect(s3.send(new GetBucketAclCommand({ Bucket: "b" }))).rejects.toMatchObject({
      name: "NotImplemented",
      message: "The local cloud does not support s3:GET /b?acl.",
    });
  });

  test("an unsigned request for an operation of administrators is rejected", async () => {
    const response = await fetch(aws.url, {
      method: "POST",
      headers: { "x-amz-target": "AWSCognitoIdentityProviderService.AdminDeleteUser" },
      body: JSON.stringify({ UserPoolId: "us-east-1_any", Username: "any" }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: "MissingAuthenticationTokenException",
      message: "Missing Authentication Token",
    });
  });

  test("an unsigned request for a secret is rejected", async () => {
    const response = await fetch(aws.url, {
      method: "POST",
      headers: { "x-amz-target": "secretsmanager.GetSecretValue" },
      body: JSON.stringify({ SecretId: "any" }),
    });
    expect(response.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
  });

  test("a request that names no service at all is rejected", async () => {
    const response = await fetch(`${aws.url}/`, { method: "POST", body: "{}" });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ message: "Missing Authentication Token" });
  });

  test("a call of another Region is rejected by name", async () => {
    const response = await fetch(aws.url, {
      method: "POST",
      headers: {
        authorization: scope("ssm", { region: "eu-west-1" }),
        "x-amz-target": "AmazonSSM.GetParameter",
      },
      body: JSON.stringify({ Name: "/sst/bootstrap" }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("ssm in eu-west-1");
  });

  test("a request from a web page is rejected, whatever it asks for", async () => {
    const response = await fetch(aws.url, {
      method: "POST",
      headers: {
        origin: "https://example.com",
        authorization: scope("ssm"),
        "x-amz-target": "AmazonSSM.GetParameter",
      },
      body: JSON.stringify({ Name: "/sst/bootstrap" }),
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ __type: "AccessDenied" });
  });

  test("a body that is not JSON is a SerializationException", async () => {
    for (const [service, target] of [
      ["ssm", "AmazonSSM.GetParameter"],
      ["sqs", "AmazonSQS.ListQueues"],
    ] as const) {
      const response = await fetch(aws.url, {
        method: "POST",
        headers: { authorization: scope(service), "x-amz-target": target },
        body: "{",
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ __type: "SerializationException" });
    }
  });

  // Source: https://github.com/smithy-lang/smithy (AwsJson11StructuresDontSerializeNullValues)
  test("a member that is null counts as missing", async () => {
    const Name = "/not/there";
    const parameters = [{ Name }, { Name, WithDecryption: null }, {}, { Name: null }];
    const answers = parameters.map(async (body) => {
      const response = await fetch(aws.url, {
        method: "POST",
        headers: { authorization: scope("ssm"), "x-amz-target": "AmazonSSM.GetParameter" },
        body: JSON.stringify(body),
      });
      return response.text();
    });
    const [found, withNull, none, onlyNull] = await Promise.all(answers);
    expect([withNull, onlyNull]).toEqual([found, none]);
  });

  test.each(["[]", "7", "null", '"text"'])(
    "a JSON body that is no object is one too: %s",
    async (body) => {
      for (const [service, target] of [
        ["secretsmanager", "secretsmanager.GetSecretValue"],
        ["sqs", "AmazonSQS.SendMessage"],
      ] as const) {
        const response = await fetch(aws.url, {
          method: "POST",
          headers: { authorization: scope(service), "x-amz-target": target },
          body,
        });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({ __type: "SerializationException" });
      }
    },
  );

  test("a parameter that would be ignored is rejected by name, and no value is repeated", async () => {
    const response = await fetch(aws.url, {
      method: "POST",
      headers: { authorization: scope("ssm"), "x-amz-target": "AmazonSSM.PutParameter" },
      body: JSON.stringify({ Name: "n", Value: "s3cret", Type: "String", KeyId: "s3cret-key" }),
    });
    const body = await response.text();
    expect(body).toContain("ValidationException");
    expect(body).toContain("does not support the parameter KeyId");
    expect(body).not.toContain("s3cret");
  });

  test("every answer carries a request id of its own", async () => {
    const paths = ["/", "/us-east-1_nope/.well-known/jwks.json"];
    const answers = await Promise.all(paths.map((path) => fetch(`${aws.url}${path}`)));
    const ids = answers.map(({ headers }) => headers.get("x-amzn-requestid"));
    expect(ids.every((id) => id !== null && /^[0-9a-f-]{36}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
