/** The gateway behind a real listener: limits, slow and disconnecting clients. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen, type Listener } from "../../../src/http/listen.ts";
import { heldBytes } from "../../support/memory.ts";
import { createHarness, deploy } from "./gateway-harness.ts";

let harness: ReturnType<typeof createHarness>;
let listener: Listener;
/** Settles when the gateway has responded to a request. */
let answered: PromiseWithResolvers<Response>;

beforeEach(async () => {
  harness = createHarness();
  answered = Promise.withResolvers();
  deploy(harness, [{ path: "/a", method: "ANY" }]);
  listener = await listen(async (request, connection) => {
    const response = await harness.gateway.fetch(request, connection);
    answered.resolve(response);
    return response;
  }, 0);
});

afterEach(() => listener.close());

const url = (path: string) => `${listener.url}${path}`;

async function statusWithHeader(length: number): Promise<number> {
  return (await fetch(url("/a"), { headers: { "x-long": "x".repeat(length) } })).status;
}

async function statusWithBody(length: number): Promise<number> {
  return (await fetch(url("/a"), { method: "POST", body: Buffer.alloc(length, 32) })).status;
}

async function open(): Promise<Socket> {
  const socket = connect(listener.port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

describe("the gateway behind a listener", () => {
  it("gives the function the headers as they were sent, and the body", async () => {
    const socket = await open();
    const head = "POST /a?x=1 HTTP/1.1\r\nhost: localhost\r\nX-CaSe: 1\r\nX-CaSe: 2\r\n";
    socket.write(`${head}content-length: 5\r\n\r\nhello`);
    await answered.promise;
    socket.destroy();
    expect(harness.events).toMatchObject([
      {
        multiValueHeaders: { "X-CaSe": ["1", "2"], Host: ["localhost"] },
        queryStringParameters: { x: "1" },
        body: "hello",
        requestContext: { identity: { sourceIp: "127.0.0.1" } },
      },
    ]);
  });

  // 10,240 bytes of request line and header values.
  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
  it("takes headers up to the limit and rejects longer ones: 431", async () => {
    expect(await statusWithHeader(9_900)).toBe(200);
    expect(await statusWithHeader(10_241)).toBe(431);
    expect(harness.events).toHaveLength(1);
  });

  it("counts the bytes of headers as they were sent", async () => {
    const socket = await open();
    const letters = Buffer.alloc(9_900, 0xe9).toString("latin1");
    socket.write(`GET /a HTTP/1.1\r\nhost: localhost\r\nx-long: ${letters}\r\n\r\n`, "latin1");
    expect((await answered.promise).status).toBe(200);
    socket.destroy();
  });

  // Not documented: the names have a limit of their own here.
  it("rejects long names of headers, and many short ones: 431", async () => {
    const named = async (name: string) =>
      (await fetch(url("/a"), { headers: { [name]: "" } })).status;
    expect(await named("x".repeat(9_900))).toBe(200);
    expect(await named("x".repeat(60_000))).toBe(431);
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`x${at}`, ""]));
    expect((await fetch(url("/a"), { headers: many })).status).toBe(431);
    expect(harness.events).toHaveLength(1);
  });

  it("sees each of up to 2,000 headers, and rejects one more: 431", async () => {
    const lines = Array.from({ length: 1_998 }, (_, at) => `x${at}: 1`);
    const statusOf = async (...more: string[]) => {
      const socket = await open();
      socket.write(
        `${["GET /a HTTP/1.1", "host: localhost", ...lines, ...more].join("\r\n")}\r\n\r\n`,
      );
      const [answer] = await once(socket, "data");
      socket.destroy();
      return Number(/^HTTP\/1\.1 (\d+)/.exec(String(answer))?.[1]);
    };
    expect(await statusOf("x-last: 2")).toBe(200);
    expect(harness.events).toMatchObject([{ headers: { "x-last": "2", x1997: "1" } }]);
    expect(await statusOf("x-last: 2", "a: 1")).toBe(431);
    expect(await statusOf(...Array.from({ length: 10_000 }, () => "a:"))).toBe(431);
    expect(harness.events).toHaveLength(1);
  });

  it("holds little of the headers of callers who stall", async () => {
    const head = `POST /a HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n${"a:\r\n".repeat(15_000)}\r\n`;
    const stall = async () => {
      const socket = await open();
      socket.on("error", () => {}).resume();
      socket.write(head);
      return socket;
    };
    const sockets = [await stall()];
    const before = await heldBytes();
    for (let at = 0; at < 50; at += 1) sockets.push(await stall());
    // Served after all that they have sent was read.
    expect((await fetch(url("/a"))).status).toBe(200);
    const held = (await heldBytes()) - before;
    for (const socket of sockets) socket.destroy();
    expect(held / 50).toBeLessThan(150_000);
  });

  // Lambda's 6 MB, then the gateway's own 10.
  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
  it("takes a body that the function can take and rejects longer ones: 413", async () => {
    expect(await statusWithBody(6_000_000)).toBe(200);
    expect(await statusWithBody(6_300_000)).toBe(413);
    expect(await statusWithBody(10 * 1024 * 1024 + 1)).toBe(413);
    expect(harness.events).toHaveLength(1);
  });

  it("responds 413 while a body without an end is still being sent", async () => {
    const socket = await open();
    socket.on("error", () => {});
    socket.write("POST /a HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n");
    const megabyte = `100000\r\n${"x".repeat(0x100000)}\r\n`;
    for (let sent = 0; sent < 11; sent += 1) socket.write(megabyte);
    expect((await answered.promise).status).toBe(413);
    socket.destroy();
    expect((await fetch(url("/a"))).status).toBe(200);
  });

  it("waits for a slow body without keeping others waiting", async () => {
    const socket = await open();
    socket.write("POST /a HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\nhe");
    expect((await fetch(url("/a"))).status).toBe(200);
    answered = Promise.withResolvers();
    socket.write("llo");
    await answered.promise;
    socket.destroy();
    expect(harness.events.at(-1)).toMatchObject({ httpMethod: "POST", body: "hello" });
  });

  it("outlives a client that goes away in the middle of its body", async () => {
    const socket = await open();
    socket.write("POST /a HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\nhe");
    socket.destroy();
    expect((await answered.promise).status).toBe(400);
    expect(harness.events).toEqual([]);
    expect((await fetch(url("/a"))).status).toBe(200);
  });

  it("outlives a client that goes away while the function runs", async () => {
    const invoked = Promise.withResolvers<undefined>();
    const gone = Promise.withResolvers<undefined>();
    const { invoke } = harness.doubles;
    harness.doubles.invoke = async () => {
      invoked.resolve(undefined);
      await gone.promise;
      return invoke();
    };
    const socket = await open();
    socket.write("GET /a HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await invoked.promise;
    const closed = once(socket, "close");
    socket.destroy();
    await closed;
    gone.resolve(undefined);
    expect((await answered.promise).status).toBe(200);
    expect((await fetch(url("/a"))).status).toBe(200);
  });

  it("outlives a request that is no HTTP", async () => {
    const socket = await open();
    socket.write("NONSENSE\r\n\r\n");
    await once(socket.resume(), "close");
    expect((await fetch(url("/a"))).status).toBe(200);
  });
});
