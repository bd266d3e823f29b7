/** The gateway with many, slow and disconnected clients. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import * as z from "zod";
import { reply } from "./gateway-harness.ts";
import { untilClosed, host, head, last, statuses, setUpListener } from "./raw-connections.ts";

// On a busy machine, any caller may be too slow for an impatient listener: who is to be served tries again.
const { harness, listener, open, sendRaw, serveImpatiently, statusOfOther } = setUpListener();

const lengthRead = async () => (await (await fetch(`${listener().url}/a`)).text()).length;

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
    harness().doubles.invoke = async () => {
      waiting += 1;
      if (waiting === crowd) all.resolve(undefined);
      await all.promise;
      return reply({ statusCode: 200, body: "hello" });
    };
    const agent = new Agent({ keepAlive: true, maxSockets: crowd, maxFreeSockets: crowd });
    const ask = async () => {
      const sent = request(`${listener().url}/a`, { agent }).end();
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

const pipelined = (count: number) =>
  [
    ...Array.from({ length: count - 1 }, () => head("GET /a HTTP/1.1")),
    head("GET /a HTTP/1.1", last),
  ].join("");

describe("requests that are sent before the answers to those before them", () => {
  it("are answered in order, up to ten on a connection", async () => {
    expect(statuses(await sendRaw(pipelined(10)))).toEqual(Array.from({ length: 10 }, () => 200));
  });

  it("end the connection when they are more, and delay no other client", async () => {
    const never = Promise.withResolvers<never>();
    harness().doubles.invoke = () => never.promise;
    expect(await sendRaw(pipelined(20_000))).toBe("");
    harness().doubles.invoke = async () => reply({ statusCode: 200, body: "hello" });
    expect(await statusOfOther()).toBe(200);
    expect(harness().events.length).toBeLessThanOrEqual(11);
  });
});

describe("slow callers", () => {
  it("are cut off though they send a byte now and then, and delay no other client", async () => {
    await serveImpatiently();
    const socket = (await open()).resume();
    const drip = setInterval(() => socket.write("x"), 10);
    socket.write("GET /a HTTP/1.1\r\nx-slow: ");
    try {
      await expect.poll(statusOfOther).toBe(200);
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
    expect(harness().events).toEqual([]);
    await expect.poll(statusOfOther).toBe(200);
  });

  it("may wait longer than that for the response", async () => {
    await serveImpatiently();
    const { invoke } = harness().doubles;
    harness().doubles.invoke = async () => {
      // Who is as slow with their headers is cut off meanwhile.
      expect(statuses(await sendRaw("GET /a HTTP/1.1\r\nx-slow: "))).toEqual([408]);
      return invoke();
    };
    await expect.poll(statusOfOther).toBe(200);
  });
});

describe("callers who do not read", () => {
  it("are disconnected, and what waits for them is given up", async () => {
    await serveImpatiently();
    const text = "x".repeat(5 * 1024 * 1024);
    harness().doubles.invoke = async () => reply({ statusCode: 200, body: text });
    const accepted = watchAccepted();
    const socket = await open();
    socket.pause();
    socket.write(head("GET /a HTTP/1.1"));
    await vi.waitFor(() => {
      expect(accepted.map(({ closed }) => closed)).toEqual([true]);
    }, 30_000);
    await expect.poll(lengthRead).toBe(text.length);
  });
});

describe("large requests", () => {
  it("get 431 and no more attention when their headers do not end", async () => {
    const endless = `GET /a HTTP/1.1\r\n${host}x-long: ${"x".repeat(100 * 1024)}`;
    expect(statuses(await sendRaw(endless))).toEqual([431]);
  });

  it.each([
    ["POST /a HTTP/1.1", []],
    ["POST /a HTTP/1.0", []],
    ["POST /a HTTP/1.1", ["expect: 100-continue"]],
    ["GET /a HTTP/1.1", []],
    ["POST /no/route HTTP/1.1", []],
  ])("get only 413 for the length that they announce: %s %j", async (line, more) => {
    await serveImpatiently();
    const tooMuch = `content-length: ${10 * 1024 * 1024 + 1}`;
    const answered = async () => statuses(await sendRaw(head(line, tooMuch, ...more)));
    await expect.poll(answered).toEqual([...more.map(() => 100), 413]);
    expect(harness().events).toEqual([]);
  });

  it("are cut off soon after the 413 when their body goes on", async () => {
    const socket = await open();
    const cutOff = untilClosed(socket);
    const megabyte = Buffer.from(`100000\r\n${"x".repeat(0x100000)}\r\n`);
    socket.write(head("POST /a HTTP/1.1", "transfer-encoding: chunked"));
    let sent = 0;
    const send = (error?: Error | null) => {
      sent += 1;
      if (!error) socket.write(megabyte, send);
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
    harness().doubles.invoke = async () => {
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
