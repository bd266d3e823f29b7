/** A listening gateway, and connections to it whose bytes the test writes. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach } from "vitest";
import { listen, type Listener, type Patience } from "../../../src/http/listen.ts";
import { createHarness, deploy } from "./gateway-harness.ts";

/** Resolves when the connection is closed, by whichever side and however. */
export const untilClosed = (socket: Socket) =>
  new Promise((resolve) => socket.once("close", resolve));

export const host = "host: 127.0.0.1\r\n";
export const head = (line: string, ...headers: string[]) =>
  `${line}\r\n${host}${headers.map((header) => `${header}\r\n`).join("")}\r\n`;
export const last = "connection: close";

export const statuses = (answer: string) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

/** Serves `/a` and `/b/c` for each test, to callers who write bytes. */
export function setUpListener() {
  let harness: ReturnType<typeof createHarness>;
  let restApiId: string;
  let listener: Listener;
  const sockets = new Set<Socket>();

  beforeEach(async () => {
    harness = createHarness();
    ({ id: restApiId } = deploy(harness, [
      { path: "/a", method: "ANY" },
      { path: "/b/c", method: "ANY" },
    ]));
    await serve();
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await listener.close();
  });

  async function serve(patience?: Patience): Promise<void> {
    listener = await listen(
      (incoming, connection) => harness.gateway.fetch(incoming, connection),
      0,
      { refuse: (reason) => harness.gateway.refuse(reason), ...(patience && { patience }) },
    );
  }

  /** Serves again, to callers who get little time. */
  async function serveImpatiently(): Promise<void> {
    await listener.close();
    await serve({ headersMs: 400, requestMs: 400 });
  }

  /** Serves with this form of every error that is the caller's. */
  function customizeErrors(contentType: string, template: string): void {
    const { apis } = harness;
    apis.putGatewayResponse({
      restApiId,
      responseType: "DEFAULT_4XX",
      responseParameters: { "gatewayresponse.header.X-Frame-Options": "'DENY'" },
      responseTemplates: { [contentType]: template },
    });
    const { id: deploymentId } = apis.deploy({ restApiId });
    apis.putStage({ restApiId, stageName: "local", deploymentId });
  }

  async function open(): Promise<Socket> {
    const socket = connect(listener.port, "127.0.0.1").on("error", () => {});
    sockets.add(socket);
    await once(socket, "connect");
    return socket;
  }

  /** Everything that comes back until the connection is closed. */
  async function sendRaw(bytes: string): Promise<string> {
    const socket = await open();
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.write(bytes, "latin1");
    await untilClosed(socket);
    return answer;
  }

  const answerTo = (target: string) => sendRaw(head(`GET ${target} HTTP/1.1`, last));

  const statusOfOther = async () => (await fetch(`${listener.url}/a`)).status;

  return {
    harness: () => harness,
    listener: () => listener,
    customizeErrors,
    serveImpatiently,
    open,
    sendRaw,
    answerTo,
    statusOfOther,
  };
}
