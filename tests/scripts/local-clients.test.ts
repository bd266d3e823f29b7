/** The commands' clients of a local cloud go nowhere else, whatever a shell or a profile is set to. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { findStage, targetAt } from "../../scripts/support/target.ts";
import { documentedVariables } from "../../packages/local/test/sst/documented-variables.ts";
import { startAwsEndpoint, type AwsEndpoint } from "../support/aws-endpoint.ts";
import { startSink, type Sink } from "../support/sink.ts";

const { aws, awsEndpoints, node, proxies } = documentedVariables;

let local: AwsEndpoint;
let sink: Sink;
let folder: string;
beforeAll(async () => {
  local = await startAwsEndpoint();
  local.answerWith({ status: 200, body: "{}" });
  sink = await startSink();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "local-clients-"));
});
afterAll(async () => {
  await local.stop();
  await sink.stop();
  fs.rmSync(folder, { recursive: true });
});
afterEach(() => vi.unstubAllEnvs());

/** Makes three calls as `token`, `user` and `redrive` do: how many came to the local cloud, and what elsewhere. */
async function callAll() {
  const before = local.requests.length;
  const deployed = await findStage({ awsPort: new URL(local.url).port });
  const { cognito } = targetAt(deployed);
  const sqs = new SQSClient({ ...deployed.aws });
  const lambda = new LambdaClient({ ...deployed.aws });
  await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  await sqs.send(new ListQueuesCommand({}));
  await lambda.send(new ListFunctionsCommand({}));
  for (const client of [cognito, sqs, lambda]) client.destroy();
  return { here: local.requests.length - before, elsewhere: sink.received };
}
const allHere = { here: 3, elsewhere: [] };

describe.each(["true", "sink"])("whose every setting is %s", (value) => {
  it.each([...aws, ...awsEndpoints, ...node, ...proxies])(
    "in the environment: %s",
    async (name) => {
      vi.stubEnv(name, value === "sink" ? sink.url : value);
      expect(await callAll()).toEqual(allHere);
    },
  );
});

const profile = () => `
  endpoint_url = ${sink.url}
  services = sink
  region = eu-west-1
  use_fips_endpoint = true
  use_dualstack_endpoint = true
  ignore_configured_endpoint_urls = true
  defaults_mode = nonsense
  retry_mode = nonsense
  max_attempts = nonsense
  auth_scheme_preference = nonsense
  credential_process = false
  sso_start_url = ${sink.url}
  sdk_ua_app_id = ${"long".repeat(20)}`;
const services = () =>
  ["cognito_identity_provider", "sqs", "lambda"]
    .map((service) => `${service} =\n  endpoint_url = ${sink.url}`)
    .join("\n");

describe("a profile", () => {
  it.each([
    ["that is the default", "default", undefined],
    ["that AWS_PROFILE names", "profile mine", "mine"],
    ["that is missing", "profile other", "mine"],
  ])("%s", async (_, section, named) => {
    // The SDK reads a file once in a process.
    const file = path.join(folder, section);
    fs.writeFileSync(file, `[${section}]${profile()}\n[services sink]\n${services()}\n`);
    vi.stubEnv("AWS_CONFIG_FILE", file);
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", file);
    vi.stubEnv("AWS_PROFILE", named);
    expect(await callAll()).toEqual(allHere);
  });
});
