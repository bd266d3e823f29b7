/** The entry point of ExternalLambda as it is shipped: the same app, warmed up in Lambda's init phase. */
import { SNSClient } from "@aws-sdk/client-sns";
import { awsClientOptions, createSnsMessagePublisher } from "@secure-lambda/core/adapters";
import { compose, createAdapters } from "@secure-lambda/functions/composition";
import { loadConfig } from "@secure-lambda/functions/config";
import { createApp } from "@secure-lambda/functions/http/app";
import { handle } from "@secure-lambda/functions/http/lambda";
import { runInitTasks } from "./init-tasks.ts";
import { primeApp } from "./priming/prime-app.ts";
import { createStubRequestHandler } from "./priming/stub-request-handler.ts";
import { warmConnection } from "./warm-connection.ts";
import { installWebShims } from "./web-shims/install.ts";

/** How long init waits for its tasks; Lambda allows it 10 s (documented). */
const INIT_LIMIT_MS = 1_000;

installWebShims();
const config = loadConfig(process.env);
const sns = new SNSClient(awsClientOptions);
const adapters = createAdapters(config, sns);

async function primeAndConnect(): Promise<void> {
  const { requestHandler, destination } = createStubRequestHandler();
  const stubbed = new SNSClient({ ...awsClientOptions, requestHandler });
  await primeApp({ config, adapters, publisher: createSnsMessagePublisher(stubbed) });
  await warmConnection(sns, destination());
}

await runInitTasks({
  tasks: { "read the secret": () => adapters.topicSecret.load(), "prime the app": primeAndConnect },
  limitMs: INIT_LIMIT_MS,
  warn: (failed) => console.warn(failed),
});

/** Handles one API Gateway REST proxy event. */
export const handler = handle(createApp(compose(config, adapters)));
