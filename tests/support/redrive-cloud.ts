/** A dead-letter queue at an AWS endpoint of its own, and a Lambda that records what it is given. */
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { createAwsEndpoint } from "../../packages/local/src/aws-protocol/endpoint.ts";
import { createLambdaApi } from "../../packages/local/src/services/lambda/api/operations.ts";
import { createMessaging } from "../../packages/local/src/services/messaging/messaging.ts";
import { LambdaError } from "../../packages/local/src/services/lambda/errors.ts";
import { listen } from "../../packages/local/src/http/listen.ts";
import { openAws } from "./aws-clients.ts";
import { namesOf } from "../../stacks/settings/names.ts";

const names = namesOf("local");

const place = { region: "us-east-1", account: "000000000000" };

/** The function that is there. */
export const consumerArn = `arn:aws:lambda:us-east-1:000000000000:function:${names.resource("InternalLambda")}`;

/** A running endpoint. */
export interface RedriveCloud {
  readonly awsPort: string;
  /** Events that functions were given, in order. */
  readonly invocations: readonly { readonly functionArn: string; readonly event: unknown }[];
  /** Puts a message into the stage's dead-letter queue; its id. */
  put(body: unknown): Promise<string | undefined>;
  /** The bodies that another receiver would receive now. */
  remaining(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts the endpoint with stage `local`'s dead-letter queue, which is empty. */
export async function startRedriveCloud(): Promise<RedriveCloud> {
  const invocations: { functionArn: string; event: unknown }[] = [];
  const functions = {
    invokeAsync(functionArn: string, payload: string) {
      if (functionArn !== consumerArn) {
        throw new LambdaError("ResourceNotFoundException", `Function not found: ${functionArn}`);
      }
      invocations.push({ functionArn, event: JSON.parse(payload) });
      return { requestId: "any" };
    },
    invoke: () => Promise.reject(new Error("Dead letters are given back as events.")),
    getFunction: () => undefined,
    listFunctions: () => [],
    listPermissions: () => [],
  };
  const logs = { read: () => [] };
  const messaging = createMessaging({ ...place, endpoint: () => listener.url });
  const endpoint = createAwsEndpoint({
    ...place,
    authorize: () => undefined,
    publicDocument: () => undefined,
    onError: (error) => console.error(error),
    services: { sqs: messaging.sqs, lambda: createLambdaApi({ ...place, functions, logs }) },
  });
  const listener = await listen(endpoint.fetch, 0);
  const queue = await messaging.queues.create(names.resource("DeadLetters"));
  const aws = openAws(listener.url);
  return {
    awsPort: new URL(listener.url).port,
    invocations,
    async put(body) {
      const MessageBody = typeof body === "string" ? body : JSON.stringify(body);
      const sent = await aws.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody }));
      return sent.MessageId;
    },
    remaining: () => aws.receive(queue.url, 0),
    async stop() {
      aws.close();
      await messaging.stop();
      await listener.close();
    },
  };
}
