/** The Lambda Runtime API of one process (LAMBDA/runtimes-api). */
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import * as z from "zod";
import { headerOf, readMessages, writeMessage, type HttpMessage } from "./http-messages.ts";

/** When something reached the harness, and the CPU time that the process had used when it sent it. */
export interface Moment {
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
  /** Microseconds, user and system, all threads. */
  readonly cpuUs: number;
}

/** What a handler answered. */
export interface Answer extends Moment {
  readonly payload: string;
  /** Bytes after a garbage collection; only of an event that asked for it. */
  readonly memory?: { readonly heap: number; readonly rss: number } | undefined;
}

/** The API, listening. */
export interface RuntimeApi {
  /** HOST:PORT */
  readonly address: string;
  /** Resolves when the process asks for an event for the first time. */
  readonly initialized: Promise<Moment>;
  /** Gives an event to the process, as soon as it asks. Rejects with what the handler threw. */
  deliver(event: string, reportMemory: boolean): Promise<Answer>;
  close(): void;
}

type Reply = HttpMessage & Moment;

/** Starts the API on 127.0.0.1. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const parked: Socket[] = [];
  const takers: ((socket: Socket) => void)[] = [];
  const replies = new Map<Socket, (reply: Reply) => void>();
  const initialized = Promise.withResolvers<Moment>();
  let events = 0;

  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    readMessages(socket, (message) => {
      const moment = { at: performance.now(), cpuUs: Number(headerOf(message.head, "x-cpu-us")) };
      const [method, target] = message.head.split(" ", 2);
      // Whatever else looks at open ports is no process to give events to.
      if (!target?.startsWith("/2018-06-01/runtime/invocation/")) {
        socket.end(writeMessage("HTTP/1.1 404 Not Found", {}, ""));
        return;
      }
      if (method === "GET") {
        initialized.resolve(moment);
        const take = takers.shift();
        if (take === undefined) parked.push(socket);
        else take(socket);
        return;
      }
      const resolve = replies.get(socket);
      replies.delete(socket);
      socket.write(writeMessage("HTTP/1.1 202 Accepted", {}, ""));
      resolve?.({ ...message, ...moment });
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());

  return {
    address: `127.0.0.1:${port}`,
    initialized: initialized.promise,
    async deliver(event, reportMemory) {
      const socket = parked.shift() ?? (await new Promise<Socket>((take) => takers.push(take)));
      const replied = Promise.withResolvers<Reply>();
      replies.set(socket, replied.resolve);
      const headers = {
        "lambda-runtime-aws-request-id": `00000000-0000-4000-8000-${String(++events).padStart(12, "0")}`,
        ...(reportMemory ? { "x-report-memory": "1" } : {}),
      };
      socket.write(writeMessage("HTTP/1.1 200 OK", headers, event));
      const { head, body, at, cpuUs } = await replied.promise;
      if (!/^\S+ \S+\/response /.test(head)) throw new Error(`The handler failed: ${body}`);
      return { at, cpuUs, payload: body, memory: reportMemory ? memoryIn(head) : undefined };
    },
    close: () => void server.close(),
  };
}

function memoryIn(head: string) {
  return { heap: Number(headerOf(head, "x-heap")), rss: Number(headerOf(head, "x-rss")) };
}
