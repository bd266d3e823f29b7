/** A stub of an AWS service: it records the requests and answers what a test put there. */
import { once } from "node:events";
import { createServer } from "node:http";
import * as z from "zod";

/** A request as a client sent it. */
export interface RecordedRequest {
  readonly target: string | undefined;
  readonly body: string;
}

/** An answer to give. */
export interface CannedAnswer {
  readonly status: number;
  readonly body: string;
}

/** A running stub. */
export interface AwsEndpoint {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** Answers every later request with `answer`. */
  readonly answerWith: (answer: CannedAnswer) => void;
  /** Takes the next request, and closes its connection in place of an answer. */
  readonly loseNextAnswer: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts a stub on a free port of 127.0.0.1; by default it answers 500. */
export async function startAwsEndpoint(): Promise<AwsEndpoint> {
  const requests: RecordedRequest[] = [];
  let answer: CannedAnswer = { status: 500, body: "" };
  let loses = false;
  const server = createServer((request, response) => {
    const target = z.string().optional().parse(request.headers["x-amz-target"]);
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      requests.push({ target, body });
      if (loses) request.socket.destroy();
      else response.writeHead(answer.status).end(answer.body);
      loses = false;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answerWith: (next) => {
      answer = next;
    },
    loseNextAnswer: () => {
      loses = true;
    },
    stop: async () => {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What a client needs to call a stub: dummy credentials, and no second attempt. */
export function clientConfig({ url }: AwsEndpoint) {
  return {
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  };
}
