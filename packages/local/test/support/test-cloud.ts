/** A local cloud for tests: its real services, a clock, a folder, and real SDK clients of the operator. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { Hono } from "hono";
import { createAwsHandler } from "../../src/cloud-routes.ts";
import { createServices } from "../../src/create-services.ts";
import { listen } from "../../src/http/listen.ts";
import { localPaths } from "../../src/local-paths.ts";
import type { LocalServices, ServicesOptions } from "../../src/local-services.ts";
import { shortWait } from "./short-waits.ts";
import { createHandMovedMinutes, type HandMovedMinutes } from "./hand-moved-minutes.ts";
import type { CodeDelivery } from "../../src/services/cognito/model.ts";
import type { TopicMail } from "../../src/services/sns/mail.ts";
import type { DeadLetter } from "../../src/services/sqs/dead-letter.ts";
import { clientConfig } from "./client-config.ts";

export const environment = { region: "us-east-1", account: "000000000000" };

/** Who is no function: the account's root. */
export const operator = { kind: "root", account: environment.account } as const;

const runtimeClient = fileURLToPath(
  new URL("../../../../.sst/platform/dist/nodejs-runtime/index.js", import.meta.url),
);

/** The services of a local cloud with everything that a test may look at or turn. */
export interface TestCloud extends LocalServices {
  /** A folder of the test's own; removed at the end. */
  readonly folder: string;
  /** The time by which the services go: it stands still unless it is advanced. */
  now(): number;
  /** Moves the clock forward. */
  advance(milliseconds: number): void;
  /** The minutes, as long as AWS's: `pass` moves the clock to the end of one. */
  readonly minutes: HandMovedMinutes;
  /** What Cognito would have sent by e-mail, the latest last. */
  readonly deliveries: readonly CodeDelivery[];
  /** What topics would have sent by e-mail, the latest last. */
  readonly mails: readonly TopicMail[];
  /** What was told of dead letters, the latest last. */
  readonly deadLetters: readonly DeadLetter[];
  /** What the services reported as faults of the local cloud. */
  readonly errors: readonly unknown[];
}

/** A cloud whose AWS endpoint is served on a free port. */
export interface StartedCloud extends TestCloud {
  readonly url: string;
  readonly clients: Clients;
}

type Clients = ReturnType<typeof createClients>;

/**
 * Creates a cloud with nothing deployed to it; nothing listens. Its `stop` ends everything, and throws
 * when there were faults.
 */
export function createTestCloud(overrides: Partial<ServicesOptions> = {}): TestCloud {
  const folder = mkdtempSync(join(tmpdir(), "test-cloud-"));
  let time = Date.now();
  const now = () => time;
  const advance = (milliseconds: number) => {
    time += milliseconds;
  };
  const minutes = createHandMovedMinutes({ now, advance });
  const deliveries: CodeDelivery[] = [];
  const mails: TopicMail[] = [];
  const deadLetters: DeadLetter[] = [];
  const errors: unknown[] = [];
  const services = createServices({
    region: environment.region,
    awsUrl: () => "http://127.0.0.1:1",
    runtimeApiPath: localPaths.runtimeApi,
    loginPath: localPaths.login,
    runtimeClient,
    stateFolder: join(folder, "lambda"),
    compileCache: join(process.env["NODE_COMPILE_CACHE"] ?? folder, "functions"),
    now,
    minutes,
    eventsHost: () => undefined,
    timeLimits: true,
    wait: shortWait,
    inspect: false,
    deliverCode: (delivery) => deliveries.push(delivery),
    deliverMail: (mail) => mails.push(mail),
    onDeadLetter: (letter) => deadLetters.push(letter),
    onError: (error) => errors.push(error),
    ...overrides,
  });

  return {
    ...services,
    folder,
    now,
    advance,
    minutes,
    deliveries,
    mails,
    deadLetters,
    errors,
    async stop() {
      await services.stop();
      rmSync(folder, { recursive: true });
      if (errors.length > 0) throw new AggregateError(errors, "The local cloud had faults.");
    },
  };
}

/** Creates a cloud, serves its AWS endpoint, and opens clients of it; `stop` ends them all. */
export async function startTestCloud(
  overrides: Partial<ServicesOptions> = {},
): Promise<StartedCloud> {
  const cloud = createTestCloud({ awsUrl: () => listener.url, ...overrides });
  const handle = createAwsHandler({
    endpoint: cloud.endpoint,
    control: new Hono(),
    page: new Hono(),
    login: cloud.login,
    mail: new Hono(),
    api: new Hono(),
    runtimeApi: (request) => cloud.lambda.runtimeApi(request),
  });
  const listener = await listen(handle, 0);
  const clients = createClients(listener.url);

  return {
    ...cloud,
    url: listener.url,
    clients,
    async stop() {
      for (const client of Object.values(clients)) client.destroy();
      try {
        await cloud.stop();
      } finally {
        await listener.close();
      }
    },
  };
}

/** Clients of the operator, who do not try again. */
function createClients(endpoint: string) {
  const options = {
    ...clientConfig(endpoint),
    maxAttempts: 1,
  };
  return {
    cloudwatch: new CloudWatchClient(options),
    cognito: new CognitoIdentityProviderClient(options),
    secretsManager: new SecretsManagerClient(options),
    sns: new SNSClient(options),
    sqs: new SQSClient(options),
    ssm: new SSMClient(options),
    s3: new S3Client(options),
  };
}
