/**
 * The bridge that `sst dev` deploys in place of a function's code: it forwards each invocation to
 * the SST CLI and returns its response (recorded: platform/functions/bridge/bridge.go of SST). It
 * uses the Runtime API as a process would.
 */
import type { Channels } from "../../appsync/channels.ts";
import { messageOf } from "../../../errors/error-message.ts";
import type { LiveFunction } from "./live-function.ts";
import { createMessageReader, writeMessage, type Message, type MessageType } from "./packet.ts";
import { workerVariables } from "./worker-variables.ts";

/** How long the CLI may take to acknowledge an invocation. */
const HEARD_MS = 16_000;

/** The options of an execution environment's bridge. */
export interface BridgeOptions {
  readonly live: LiveFunction;
  /** The function's whole environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Names the worker: its last 32 characters are the worker's id. */
  readonly logStream: string;
  readonly channels: Channels;
  /** Calls the Runtime API: a path below `/2018-06-01/runtime`, and a body to post. */
  readonly runtimeApi: (path: string, body?: string) => Promise<Response>;
  /** Receives lines for the function's log. */
  readonly onLine: (text: string) => void;
}

/** A running bridge. */
export interface Bridge {
  /** Resolves when it has ended: after `stop`, or with the environment that it serves. */
  readonly ended: Promise<void>;
  /** Ends it; a running invocation gets no response from it. */
  stop(): void;
}

interface InHand {
  readonly requestId: string;
  readonly answered: () => void;
  readonly unheard: NodeJS.Timeout;
}

/** Starts the bridge of one execution environment. */
export function startBridge(options: BridgeOptions): Bridge {
  const { live, variables, channels, runtimeApi, onLine } = options;
  const workerId = options.logStream.slice(-32);
  const read = createMessageReader();
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  let inHand: InHand | undefined;

  /** False when no CLI is subscribed. */
  function send(type: MessageType, body: string): boolean {
    const packets = writeMessage(type, workerId, body);
    return packets.every((packet) => channels.publish(`${live.channelPrefix}/in`, packet));
  }

  const sendInit = () => {
    const environment = workerVariables(variables);
    return send("init", JSON.stringify({ functionID: live.functionId, environment }));
  };

  async function respond(outcome: "response" | "error", body: string): Promise<void> {
    const done = inHand;
    if (done === undefined) return;
    inHand = undefined;
    clearTimeout(done.unheard);
    await runtimeApi(`/invocation/${done.requestId}/${outcome}`, body);
    done.answered();
  }

  const respondNotRunning = () =>
    // SST's own text, and its status as a string.
    respond(
      "response",
      JSON.stringify({
        statusCode: "500",
        body: `sst dev is not running (worker: ${workerId})`,
      }),
    );

  async function take({ type, id, body }: Message): Promise<void> {
    if (type === "ping") clearTimeout(inHand?.unheard);
    else if (type === "reboot") sendInit();
    else if (type === "initError") await respond("error", body);
    else if (type === "response" || type === "error") {
      if (id === inHand?.requestId) await respond(type, body);
    } else throw new Error(`The SST CLI sent "${type}", which only a function sends.`);
  }

  async function receive(event: string): Promise<void> {
    try {
      const message = read(event);
      if (message) await take(message);
    } catch (error) {
      const problem = messageOf(error);
      onLine(problem);
      const failure = { errorType: "LocalCloud.Bridge", errorMessage: problem, trace: [] };
      await respond("error", JSON.stringify(failure));
    }
  }

  async function serve(): Promise<void> {
    sendInit();
    while (!stopping.signal.aborted) {
      const next = await runtimeApi("/invocation/next");
      if (!next.ok) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      inHand = {
        requestId: next.headers.get("lambda-runtime-aws-request-id") ?? "",
        answered: resolve,
        unheard: setTimeout(() => void respondNotRunning(), HEARD_MS),
      };
      if (!send("next", await asHttp(next))) await respondNotRunning();
      await Promise.race([promise, stopped]);
    }
  }

  const unsubscribe = channels.subscribe(`${live.channelPrefix}/${workerId}/in`, (event) => {
    void receive(event);
  });
  const ended = Promise.race([serve(), stopped]).finally(() => {
    unsubscribe();
    clearTimeout(inHand?.unheard);
    inHand = undefined;
  });
  return { ended, stop: () => stopping.abort() };
}

/** The Runtime API's response in HTTP/1.1 wire format, which the CLI parses. */
async function asHttp(response: Response): Promise<string> {
  const body = await response.text();
  const headers = [...response.headers, ["content-length", String(Buffer.byteLength(body))]];
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return ["HTTP/1.1 200 OK", ...lines, "", body].join("\r\n");
}
