/** A local cloud with a dead-letter queue, and a Lambda that records what it is given. */
import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { vi } from "vitest";
import { LambdaError } from "../../packages/local/src/services/lambda/functions/errors.ts";
import { startTestCloud } from "../../packages/local/test/support/test-cloud.ts";
import { namesOf } from "../../stacks/settings/names.ts";

const names = namesOf("local");

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
  const cloud = await startTestCloud();
  vi.spyOn(cloud.lambda, "invokeAsync").mockImplementation((functionArn, payload) => {
    if (functionArn !== consumerArn) {
      throw new LambdaError("ResourceNotFoundException", `Function not found: ${functionArn}`);
    }
    invocations.push({ functionArn, event: JSON.parse(payload) });
    return { requestId: "any" };
  });
  const queue = cloud.queues.create(names.resource("DeadLetters"));
  const { sqs } = cloud.clients;
  return {
    awsPort: new URL(cloud.url).port,
    invocations,
    async put(body) {
      const MessageBody = typeof body === "string" ? body : JSON.stringify(body);
      const sent = await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody }));
      return sent.MessageId;
    },
    async remaining() {
      const asked = { QueueUrl: queue.url, MaxNumberOfMessages: 10 };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(asked));
      return Messages.map(({ Body }) => Body ?? "");
    },
    stop: () => cloud.stop(),
  };
}
