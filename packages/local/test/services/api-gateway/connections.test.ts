/** The gateway with many, slow, disconnected and malformed clients. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import * as z from "zod";
import { listen, type Listener, type Patience } from "../../../src/http/listen.ts";
import { createHarness, deploy, reply } from "./gateway-harness.ts";

let harness: ReturnType<typeof createHarness>;
let listener: Listener;
const sockets = new Set<Socket>();

beforeEach(async () => {
  harness = createHarness();
  deploy(harness, [
    { path: "/a", method: "ANY" },
    { path: "/b/c", method: "ANY" },
  ]);
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
    patience ? { patience } : {},
  );
}

/** Serves again, to callers who get little time. */
async function serveImpatiently(): Promise<void> {
  await listener.close();
  await serve({ headersMs: 400, requestMs: 400 });
}

async function open(): Promise<Socket> {
  const socket = connect(listener.port, "127.0.0.1").on("error", () => {});
  sockets.add(socket);
  await once(socket, "connect");
  return socket;
}

/** Resolves when the connection is closed, by whichever side and however. */
const untilClosed = (socket: Socket) => new Promise((resolve) => socket.once("close", resolve));

/** Everything that comes back until the connection is closed. */
async function sendRaw(bytes: string): Promise<string> {
  const socket = await open();
  let answer = "";
  socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
  socket.write(bytes, "latin1");
  await untilClosed(socket);
  return answer;
}

const host = "host: 127.0.0.1\r\n";
const head = (line: string, ...headers: string[]) =>
  `${line}\r\n${host}${headers.map((header) => `${header}\r\n`).join("")}\r\n`;
const last = "connection: close";

const answerTo = (target: string) => sendRaw(head(`GET ${target} HTTP/1.1`, last));

const statuses = (answer: string) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

const statusOfOther = async () => (await fetch(`${listener.url}/a`)).status;

/** The connections that listeners take from now on, as they see them. */
function watchAccepted(): readonly Socket[] {
  const accepted: Socket[] = [];
  const note = (message: unknown) => accepted.push(acceptedSchema.parse(message).socket);
  subscribe("net.server.socket", note);
  onTestFinished(() => void unsubscribe("net.server.socket", note));
  return accepted;
}

const acceptedSchema = z.object({ socket: z.instanceof(Socket) });

describe("many callers", () => {
  it("all get responses over keep-alive connections, a thousand at once", async () => {
    const crowd = 1000;
    let waiting = 0;
    let all = Promise.withResolvers<undefined>();
    harness.doubles.invoke = async () => {
      waiting += 1;
      if (waiting === crowd) all.resolve(undefined);
      await all.promise;
      return reply({ statusCode: 200, body: "hello" });
    };
    const agent = new Agent({ keepAlive: true, maxSockets: crowd, maxFreeSockets: crowd });
    const ask = async () => {
      const sent = request(`${listener.url}/a`, { agent }).end();
      const [response] = await once(sent, "response");
      const text = (await buffer(response)).toString();
      return `${response.statusCode} ${text} ${sent.reusedSocket ? "again" : "new"}`;
    };
    try {
      for (const round of ["new", "again"]) {
        waiting = 0;
        all = Promise.withResolvers();
        const answers = await Promise.all(Array.from({ length: crowd }, ask));
        expect(new Set(answers)).toEqual(new Set([`200 hello ${round}`]));
      }
    } finally {
      agent.destroy();
    }
  });
});

describe("slow callers", () => {
  it("are cut off though they send a byte now and then, and delay no other client", async () => {
    await serveImpatiently();
    const socket = (await open()).resume();
    const drip = setInterval(() => socket.write("x"), 10);
    socket.write("GET /a HTTP/1.1\r\nx-slow: ");
    try {
      expect(await statusOfOther()).toBe(200);
      await untilClosed(socket);
    } finally {
      clearInterval(drip);
    }
  });

  it("are cut off with 408 when their headers stop", async () => {
    await serveImpatiently();
    expect(statuses(await sendRaw("GET /a HTTP/1.1\r\nx-slow: "))).toEqual([408]);
  });

  it("are cut off with 408 when their body stops, and no function sees it", async () => {
    await serveImpatiently();
    expect(statuses(await sendRaw(`${head("POST /a HTTP/1.1", "content-length: 5")}he`))).toEqual([
      408,
    ]);
    expect(harness.events).toEqual([]);
    expect(await statusOfOther()).toBe(200);
  });

  it("may wait longer than that for the response", async () => {
    await serveImpatiently();
    const { invoke } = harness.doubles;
    harness.doubles.invoke = async () => {
      // Who is as slow with their headers is cut off meanwhile.
      expect(statuses(await sendRaw("GET /a HTTP/1.1\r\nx-slow: "))).toEqual([408]);
      return invoke();
    };
    expect(await statusOfOther()).toBe(200);
  });
});

describe("large requests", () => {
  it("get 431 and no more attention when their headers do not end", async () => {
    const endless = `GET /a HTTP/1.1\r\n${host}x-long: ${"x".repeat(100 * 1024)}`;
    expect(statuses(await sendRaw(endless))).toEqual([431]);
  });

  it("get 413 for the length that they announce, before any of the body", async () => {
    const socket = await open();
    socket.write(head("POST /a HTTP/1.1", `content-length: ${10 * 1024 * 1024 + 1}`));
    const [answer] = await once(socket, "data");
    expect(statuses(String(answer))).toEqual([413]);
  });

  it("are cut off soon after the 413 when their body goes on", async () => {
    const socket = await open();
    const cutOff = untilClosed(socket);
    const megabyte = Buffer.from(`100000\r\n${"x".repeat(0x100000)}\r\n`);
    socket.write(head("POST /a HTTP/1.1", "transfer-encoding: chunked"));
    let sent = 0;
    const send = () => {
      sent += 1;
      if (!socket.destroyed) socket.write(megabyte, send);
    };
    socket.resume();
    send();
    await cutOff;
    expect(sent).toBeLessThan(200);
  });
});

describe("callers who go away", () => {
  it("leave no connection behind, and the function that they called finishes", async () => {
    const finished = vi.fn<() => void>();
    const called = Promise.withResolvers<undefined>();
    const gone = Promise.withResolvers<undefined>();
    harness.doubles.invoke = async () => {
      called.resolve(undefined);
      await gone.promise;
      finished();
      return reply({ statusCode: 200, body: "x".repeat(5 * 1024 * 1024) });
    };
    const accepted = watchAccepted();
    const inHeaders = await open();
    inHeaders.write("POST /a HTT");
    const inBody = await open();
    inBody.write(`${head("POST /a HTTP/1.1", "content-length: 5")}he`);
    const whileTheFunctionRuns = await open();
    whileTheFunctionRuns.write(head("GET /a HTTP/1.1"));
    await called.promise;
    for (const socket of [inHeaders, inBody, whileTheFunctionRuns]) socket.destroy();
    gone.resolve(undefined);

    const inTheAnswer = await open();
    inTheAnswer.write(head("GET /a HTTP/1.1"));
    await once(inTheAnswer, "data");
    inTheAnswer.destroy();

    await vi.waitFor(() => {
      expect(accepted.map(({ closed }) => closed)).toEqual([true, true, true, true]);
    }, 30_000);
    expect(finished).toHaveBeenCalledTimes(2);
    expect(await statusOfOther()).toBe(200);
  });
});

describe("what is no HTTP", () => {
  it.each([
    ["garbage", "NONSENSE\r\n\r\n"],
    ["an unknown version", head("GET /a HTTP/9.9")],
    ["a request line without a target", head("GET HTTP/1.1")],
    ["no Host", "GET /a HTTP/1.1\r\n\r\n"],
    ["a target that is no path", head("GET a HTTP/1.1", last)],
    [
      "two ways to tell the length",
      `${head("POST /a HTTP/1.1", "content-length: 3", "transfer-encoding: chunked")}0\r\n\r\n`,
    ],
    ["two lengths", `${head("POST /a HTTP/1.1", "content-length: 3", "content-length: 4")}abcd`],
    ["a length that is no number", head("POST /a HTTP/1.1", "content-length: +3")],
    ["a space before the colon", head("POST /a HTTP/1.1", "content-length : 3")],
    ["a line that goes on in the next", head("GET /a HTTP/1.1", "x: 1", " y")],
    ["a chunk without a size", `${head("POST /a HTTP/1.1", "transfer-encoding: chunked")}x\r\n`],
  ])("is answered 400, and the connection is closed: %s", async (_, bytes) => {
    expect(statuses(await sendRaw(bytes))).toEqual([400]);
    expect(harness.events).toEqual([]);
  });

  it("ends the connection when it comes behind a request, whose response is lost", async () => {
    expect(statuses(await sendRaw(`${head("GET /a HTTP/1.1")}NONSENSE\r\n\r\n`))).toEqual([400]);
    expect(await statusOfOther()).toBe(200);
  });
});

describe("a path", () => {
  // Assumed: API Gateway matches the path that was sent.
  it.each(["/x/../a", "/./a", "/x/%2e%2e/a", "/%2E/a", "/a/.", "/b%2fc", "/b/./c", "/%61", "/a#b"])(
    "is matched as it was sent: %s is no route",
    async (target) => {
      const answer = await answerTo(target);
      expect(statuses(answer)).toEqual([403]);
      expect(answer).toContain("Missing Authentication Token");
      expect(harness.events).toEqual([]);
    },
  );

  it.each([
    ["/b/c?next=/../d&x=%2F", "/b/c", { next: "/../d", x: "/" }],
    ["http://127.0.0.1/a?x=1", "/a", { x: "1" }],
  ])("reaches the function as it was sent: %s", async (target, path, queryStringParameters) => {
    expect(statuses(await answerTo(target))).toEqual([200]);
    expect(harness.events).toMatchObject([{ path, queryStringParameters }]);
  });

  it.each(["http://127.0.0.1/x/../a", "http://127.0.0.1"])(
    "is matched as it was sent in a whole URL as well: %s",
    async (target) => {
      expect(statuses(await answerTo(target))).toEqual([403]);
    },
  );

  it("with a backslash is rejected", async () => {
    expect(statuses(await answerTo("/x\\..\\a"))).toEqual([400]);
  });
});
