/** The services of a local cloud, and resources deployed to them without the SST CLI. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { createDeployments } from "../../src/deployments/deployments.ts";
import type { Applied } from "../../src/deployments/protocol.ts";
import { listen } from "../../src/http/listen.ts";
import { allResources } from "../../src/all-resources.ts";
import { createInvokeData } from "../../src/services/iam/resources/data-sources.ts";
import type { Limitation } from "../../src/provider/limitations.ts";
import { createServices, type LocalServices } from "../../src/create-services.ts";
import { zipOf } from "../services/lambda/lambda-harness.ts";

export const region = "us-east-1";
export const account = "000000000000";
const stage = "test";

const runtimeClient = fileURLToPath(
  new URL("../../../../.sst/platform/dist/nodejs-runtime/index.js", import.meta.url),
);
const runtimeApiPath = "/runtime";

/** Registers one resource and answers with what it came out as. */
export type Declare = (
  type: string,
  name: string,
  inputs: Record<string, unknown>,
) => Promise<Applied>;

/** A program: what it declares stands afterwards, and nothing else does. */
export type Program = (declare: Declare) => Promise<unknown>;

/** A local cloud without its command line. */
export interface TestCloud {
  readonly services: LocalServices;
  /** The types of resources that are supported. */
  readonly types: readonly string[];
  /** Deploys a program; gives what became of each resource. */
  deploy(program: Program): Promise<ReadonlyMap<string, Applied>>;
  /** Removes everything. */
  destroy(): Promise<void>;
  limitations(): readonly Limitation[];
  /** Real SDK clients of the operator. */
  readonly clients: {
    readonly cognito: CognitoIdentityProviderClient;
    readonly secrets: SecretsManagerClient;
    readonly sns: SNSClient;
    readonly sqs: SQSClient;
  };
  /** Writes a function's code, whose bundle.mjs is `source`; gives its path. */
  zip(source: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a cloud on a free port. */
export async function startCloud(): Promise<TestCloud> {
  const folder = await mkdtemp(join(tmpdir(), "resources-test-"));
  const errors: unknown[] = [];
  const services = createServices({
    region,
    awsUrl: () => listener.url,
    runtimeApiPath,
    runtimeClient,
    stateFolder: join(folder, "lambda"),
    eventsHost: () => undefined,
    timeLimits: true,
    inspect: false,
    retryDelaysMs: [1, 1],
    onError: (error) => errors.push(error),
  });
  const listener = await listen((request) => {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(runtimeApiPath)) return services.endpoint.fetch(request);
    url.pathname = url.pathname.slice(runtimeApiPath.length);
    return services.lambda.runtimeApi(new Request(url, request));
  }, 0);
  const options = {
    endpoint: listener.url,
    region,
    credentials: { accessKeyId: "operator", secretAccessKey: "any" },
    maxAttempts: 1,
  };
  const clients = {
    cognito: new CognitoIdentityProviderClient(options),
    secrets: new SecretsManagerClient(options),
    sns: new SNSClient(options),
    sqs: new SQSClient(options),
  };
  const types = allResources(services);
  const deployments = createDeployments(types, createInvokeData(services.environment));

  return {
    services,
    types: types.map(({ type }) => type),
    clients,
    async deploy(program) {
      const applied = new Map<string, Applied>();
      deployments.begin(stage);
      await program(async (type, name, inputs) => {
        const result = await deployments.apply({
          urn: `urn:pulumi:${stage}::app::${type}::${name}`,
          type,
          name,
          parent: "",
          custom: true,
          ignoreChanges: [],
          inputs,
        });
        applied.set(name, result);
        return result;
      });
      await deployments.complete();
      return applied;
    },
    async destroy() {
      deployments.begin(stage);
      await deployments.destroy();
    },
    limitations: () => deployments.limitations(stage),
    zip: (source) => zipOf(folder, { "bundle.mjs": source }),
    async stop() {
      for (const client of Object.values(clients)) client.destroy();
      await services.stop();
      await listener.close();
      await rm(folder, { recursive: true });
      if (errors.length > 0) throw new AggregateError(errors, "The local cloud had faults.");
    },
  };
}

/** A policy of IAM, as text. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A statement that allows actions on resources. */
export function allow(Action: string, Resource: string): object {
  return { Effect: "Allow", Action, Resource };
}

/** Who may assume a function's role. */
export const lambdaTrust = policy({
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
});

/** Declares a function with its code and its role, which `statements` describe. */
export async function declareFunction(
  { zip }: Pick<TestCloud, "zip">,
  declare: Declare,
  { name, source, statements = [] }: { name: string; source: string; statements?: object[] },
): Promise<{ readonly name: string; readonly arn: string }> {
  const [bucket, key] = ["code", `${name}.zip`];
  const localCloudFile = await zip(source);
  await declare("aws:s3/bucketObjectv2:BucketObjectv2", `${name}Code`, {
    bucket,
    key,
    source: { localCloudFile },
  });
  const role = await declare("aws:iam/role:Role", `${name}Role`, {
    name,
    assumeRolePolicy: lambdaTrust,
    inlinePolicies: statements.length === 0 ? [] : [{ policy: policy(...statements) }],
  });
  await declare("aws:lambda/function:Function", name, {
    name,
    role: role.outputs["arn"],
    runtime: "nodejs24.x",
    handler: "bundle.handler",
    s3Bucket: bucket,
    s3Key: key,
    loggingConfig: { logFormat: "JSON" },
  });
  return { name, arn: `arn:aws:lambda:${region}:${account}:function:${name}` };
}

/** A text among a resource's outputs. @throws when it is not there. */
export function output({ outputs }: Applied, key: string): string {
  const value = outputs[key];
  if (typeof value !== "string") throw new Error(`There is no output ${key}.`);
  return value;
}
