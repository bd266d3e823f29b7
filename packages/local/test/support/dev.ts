/** A live function, and a fake SST CLI at the other end of its channels. */
import type { Channels } from "../../src/services/appsync/channels.ts";
import {
  createMessageReader,
  messageTypes,
  type MessageType,
} from "../../src/services/lambda/live/packet.ts";
import * as z from "zod";

/** What `sst dev` of SST 4.17 deploys. */
export const liveSettings = {
  name: "app-local-ExternalLambda",
  runtime: "provided.al2023",
  handler: "bootstrap",
  environment: {
    SST_FUNCTION_ID: "ExternalLambda",
    SST_APP: "app",
    SST_STAGE: "local",
    SST_REGION: "us-east-1",
    SST_APPSYNC_HTTP: "127.0.0.1:1",
    SST_APPSYNC_REALTIME: "127.0.0.1:1",
    SST_ASSET_BUCKET: "sst-asset-local-s3alias",
  },
};

/** A message of the function's. */
export interface Received {
  readonly type: MessageType;
  readonly worker: string;
  readonly body: string;
}

const sourceSchema = z.object({ source: z.string() });

/** Receives what functions send; `answer` is called for each message. */
export function standInForCli(channels: Channels, answer: (message: Received) => void): void {
  const read = createMessageReader();
  channels.subscribe("/sst/app/local/in", (event) => {
    const message = read(event);
    const { source: worker } = sourceSchema.parse(JSON.parse(event));
    if (message) answer({ type: message.type, worker, body: message.body });
  });
}

/** Sends a packet to a worker as the CLI does. */
export function sendToWorker(
  channels: Channels,
  worker: string,
  packet: { type: MessageType | number; id: string; body: string },
): void {
  const { type, id, body } = packet;
  channels.publish(
    `/sst/app/local/${worker}/in`,
    JSON.stringify({
      type: typeof type === "number" ? type : messageTypes[type],
      source: "dev",
      id,
      index: 0,
      data: Buffer.from(body).toString("base64"),
      final: true,
    }),
  );
}

/** The request id in what a function sends for an invocation. */
export function requestIdIn(http: string): string {
  return /lambda-runtime-aws-request-id: (\S+)/i.exec(http)?.[1] ?? "";
}
