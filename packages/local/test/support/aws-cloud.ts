/** A whole AWS endpoint on a free port, and real SDK clients for it. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { createAwsEndpoint, type AwsEndpointOptions } from "../../src/aws-protocol/endpoint.ts";
import { createCognito } from "../../src/services/cognito/cognito.ts";
import { createMessaging } from "../../src/services/messaging/messaging.ts";
import { createParameterStore } from "../../src/services/ssm/ssm.ts";
import { createSecretsManager } from "../../src/services/secrets-manager/secrets-manager.ts";
import { createStateBuckets } from "../../src/services/s3/state-bucket.ts";
import { sstBootstrapParameter } from "../../src/services/ssm/sst-bootstrap.ts";
import type { CodeDelivery } from "../../src/services/cognito/model.ts";
import { listen } from "../../src/http/listen.ts";

export const environment = { region: "us-east-1", account: "000000000000" };
export const buckets = { asset: "sst-asset-test", state: "sst-state-test" };

/** A running endpoint with everything that a test may look at or turn. */
export type TestAws = Awaited<ReturnType<typeof startAws>>;

/**
 * Starts an endpoint with every service, on which everybody may do everything unless `authorize` says
 * otherwise. Its clock stands still unless it is advanced.
 */
export async function startAws({
  authorize = () => undefined,
}: Partial<Pick<AwsEndpointOptions, "authorize">> = {}) {
  let time = Date.now();
  const now = () => time;
  const deliveries: CodeDelivery[] = [];
  const errors: unknown[] = [];
  const cognito = createCognito({ ...environment, now, deliver: (sent) => deliveries.push(sent) });
  const secretsManager = createSecretsManager({ ...environment, now });
  const messaging = createMessaging({ ...environment, endpoint: () => listener.url });
  const { fetch } = createAwsEndpoint({
    authorize,
    region: environment.region,
    publicDocument: (path) => cognito.publicDocument(path),
    onError: (error) => errors.push(error),
    services: {
      "cognito-idp": cognito.service,
      secretsmanager: secretsManager.service,
      sns: messaging.sns,
      sqs: messaging.sqs,
      ssm: createParameterStore({ ...environment, parameters: sstBootstrapParameter(buckets) }),
      s3: createStateBuckets({ buckets: Object.values(buckets), now }),
    },
  });
  const listener = await listen(fetch, 0);

  const options = {
    endpoint: listener.url,
    region: environment.region,
    credentials: { accessKeyId: "a-function", secretAccessKey: "any" },
    maxAttempts: 1,
  };
  const clients = {
    cognito: new CognitoIdentityProviderClient(options),
    secretsManager: new SecretsManagerClient(options),
    sns: new SNSClient(options),
    sqs: new SQSClient(options),
    ssm: new SSMClient(options),
    s3: new S3Client(options),
  };

  return {
    url: listener.url,
    fetch,
    clients,
    cognito,
    secretsManager,
    messaging,
    /** What would have been sent by e-mail, the latest last. */
    deliveries,
    /** What the endpoint reported as its own fault. */
    errors,
    now,
    /** Moves the clock forward. */
    advance(milliseconds: number) {
      time += milliseconds;
    },
    async stop() {
      for (const client of Object.values(clients)) client.destroy();
      await messaging.stop();
      await listener.close();
    },
  };
}

/** What a text must be, for values that the API's types leave open. @throws when it is missing. */
export function present<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error("A value is missing.");
  return value;
}
