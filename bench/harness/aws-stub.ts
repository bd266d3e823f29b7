/** Stands for SNS and Secrets Manager: answers at once, and counts what it was asked. */
import { once } from "node:events";
import { createServer as createPlainServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import * as z from "zod";
import type { TlsIdentity } from "../../packages/local/src/http/certificate/identity.ts";
import { headerOf, readMessages, writeMessage, type HttpMessage } from "./http-messages.ts";

/** A started stub. */
export interface AwsStub {
  readonly url: string;
  /** Requests so far, of any kind. */
  readonly calls: () => number;
  close(): Promise<void>;
}

const messageId = "11111111-2222-4333-8444-666666666666";
const topicArn = "arn:aws:sns:us-east-1:000000000000:bench";
const publishAnswer = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${messageId}</MessageId></PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>`;
const secretAnswer = JSON.stringify({
  ARN: "arn:aws:secretsmanager:us-east-1:000000000000:secret:LambdaSNSTopicARN-AbCdEf",
  Name: "LambdaSNSTopicARN",
  SecretString: JSON.stringify({ TOPIC_ARN: topicArn }),
  VersionId: messageId,
  VersionStages: ["AWSCURRENT"],
});

/** Starts a stub on 127.0.0.1: over TLS 1.3 with an identity, over plain HTTP without. */
export async function startAwsStub(identity?: TlsIdentity): Promise<AwsStub> {
  let calls = 0;
  const sockets = new Set<Socket>();
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    readMessages(socket, (message) => {
      calls++;
      socket.write(answerTo(message));
    });
  };
  const server: Server =
    identity === undefined
      ? createPlainServer(serve)
      : createTlsServer({ key: identity.key, cert: identity.cert, minVersion: "TLSv1.3" }, serve);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `${identity === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    calls: () => calls,
    async close() {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}

/** What is neither of the two calls is refused: a handler that makes others fails its check. */
function answerTo({ head, body }: HttpMessage): string {
  if (headerOf(head, "x-amz-target") === "secretsmanager.GetSecretValue") {
    return writeMessage(ok, { "content-type": "application/x-amz-json-1.1" }, secretAnswer);
  }
  if (/(?:^|&)Action=Publish(?:&|$)/.test(body)) {
    return writeMessage(ok, { "content-type": "text/xml" }, publishAnswer);
  }
  return writeMessage("HTTP/1.1 400 Bad Request", {}, "");
}

const ok = "HTTP/1.1 200 OK";
