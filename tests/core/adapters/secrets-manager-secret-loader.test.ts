/** The Secrets Manager adapter with the real client. */
import { inspect } from "node:util";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SecretUnavailableError } from "@secure-lambda/core";
import { createSecretsManagerSecretLoader } from "@secure-lambda/core/adapters";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clientConfig, startAwsEndpoint } from "../../support/aws-endpoint.ts";
import type { AwsEndpoint } from "../../support/aws-endpoint.ts";
import { topic } from "../domain/examples.ts";

let endpoint: AwsEndpoint;
let client: SecretsManagerClient;

beforeEach(async () => {
  endpoint = await startAwsEndpoint();
  client = new SecretsManagerClient(clientConfig(endpoint));
});

afterEach(async () => {
  client.destroy();
  await endpoint.stop();
});

/** Reads the topic from a secret whose value has these fields on the wire. */
function read(value: object) {
  endpoint.answerWith({ status: 200, body: JSON.stringify({ Name: "topic-secret", ...value }) });
  return createSecretsManagerSecretLoader(client, "topic-secret").load();
}

const asString = (SecretString: string) => ({ SecretString });
const asBinary = (bytes: Uint8Array | string) => ({
  SecretBinary: Buffer.from(bytes).toString("base64"),
});
const value = JSON.stringify({ TOPIC_ARN: topic });

test("the secret is asked for by its id", async () => {
  await read(asString(value));
  expect(endpoint.requests).toEqual([
    { target: "secretsmanager.GetSecretValue", body: JSON.stringify({ SecretId: "topic-secret" }) },
  ]);
});

test.each([
  ["a string", asString(value)],
  ["binary", asBinary(value)],
  ["a string with other keys", asString(JSON.stringify({ TOPIC_ARN: topic, OWNER: "ops" }))],
])("the topic is read from %s", async (_, fields) => {
  expect(await read(fields)).toBe(topic);
});

describe("the secret is unavailable, and its content is not repeated,", () => {
  test.each([
    ["it has no value", {}],
    ["it is empty", asString("")],
    ["it is not JSON", asString("hunter2 arn:aws:sns")],
    ["it is JSON but no object", asString('"hunter2"')],
    ["it lacks the topic", asString('{"OTHER":"hunter2"}')],
    ["its topic is no topic's ARN", asString('{"TOPIC_ARN":"hunter2"}')],
    ["its topic is no string", asString('{"TOPIC_ARN":["hunter2"]}')],
    [
      "its bytes are not UTF-8",
      asBinary(Buffer.from(JSON.stringify({ TOPIC_ARN: topic, x: "ÿ" }), "latin1")),
    ],
    ["its bytes are not JSON", asBinary("hunter2")],
  ])("when %s", async (_, fields) => {
    const failure: unknown = await read(fields).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SecretUnavailableError);
    expect(inspect(failure, { depth: null, showHidden: true })).not.toMatch(/hunter2|Unexpected/);
  });
});

test.each([
  [400, "ResourceNotFoundException"],
  [400, "AccessDeniedException"],
  [400, "DecryptionFailure"],
  [500, "InternalServiceError"],
])(
  "the secret is unavailable when the service says %i %s, which is the cause",
  async (status, name) => {
    endpoint.answerWith({ status, body: JSON.stringify({ __type: name, Message: "No." }) });
    await expect(
      createSecretsManagerSecretLoader(client, "topic-secret").load(),
    ).rejects.toMatchObject({
      name: "SecretUnavailableError",
      cause: { name },
    });
  },
);

test("the secret is unavailable when the service cannot be reached", async () => {
  await endpoint.stop();
  await expect(
    createSecretsManagerSecretLoader(client, "topic-secret").load(),
  ).rejects.toMatchObject({
    name: "SecretUnavailableError",
    cause: { code: "ECONNREFUSED" },
  });
});
