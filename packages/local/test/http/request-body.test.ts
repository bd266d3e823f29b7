/** Bodies: read in parts, bounded each and together. */
import { describe, expect, it } from "vitest";
import { createBodyBudget, RequestBodyError } from "../../src/http/request-body.ts";

const failure = (reason: string) =>
  expect.toSatisfy((error) => error instanceof RequestBodyError && error.reason === reason);

/** A request whose body the test sends; it counts the chunks that were asked for. */
function sending(headers: Record<string, string> = {}) {
  const { readable, writable } = new TransformStream<Uint8Array>();
  const writer = writable.getWriter();
  writer.closed.catch(() => undefined);
  const init = { method: "POST", headers, body: readable, duplex: "half" } as const;
  return {
    request: new Request("http://127.0.0.1/", init),
    send: (text: string) => void writer.write(Buffer.from(text)).catch(() => undefined),
    end: () => void writer.close().catch(() => undefined),
    breakOff: () => void writer.abort(new Error("gone")).catch(() => undefined),
  };
}

function post(text: string, headers: Record<string, string> = {}): Request {
  return new Request("http://127.0.0.1/", { method: "POST", headers, body: text });
}

describe("a body", () => {
  it("is read as far as it is asked for, and then on", async () => {
    const { request, send, end } = sending();
    const body = createBodyBudget(100).open(request, 50);
    send("ab");
    send("cd");
    expect((await body.read(3)).toString()).toBe("abcd");
    send("ef");
    end();
    expect((await body.read()).toString()).toBe("abcdef");
    expect((await body.read()).toString()).toBe("abcdef");
  });

  it("may be none", async () => {
    const body = createBodyBudget(100).open(new Request("http://127.0.0.1/"), 50);
    expect(body.announced).toBeUndefined();
    expect((await body.read()).byteLength).toBe(0);
  });

  it("has a limit, which counts what is announced and what comes", async () => {
    const budget = createBodyBudget(100);
    expect((await budget.open(post("a".repeat(50)), 50).read()).byteLength).toBe(50);
    await expect(budget.open(post("a".repeat(51)), 50).read()).rejects.toEqual(failure("tooLarge"));
    const announcing = budget.open(post("a", { "content-length": "51" }), 50);
    expect(announcing.announced).toBe(51);
    await expect(announcing.read(0)).rejects.toEqual(failure("tooLarge"));
  });

  it("that breaks off is incomplete", async () => {
    const { request, send, breakOff } = sending();
    const body = createBodyBudget(100).open(request, 50);
    send("ab");
    await body.read(2);
    breakOff();
    await expect(body.read()).rejects.toEqual(failure("incomplete"));
  });

  it("takes the memory of its bytes, however small the chunks are", async () => {
    const { request, send, end } = sending();
    const body = createBodyBudget(32_768).open(request, 10_000);
    for (let sent = 0; sent < 10_000; sent += 1) send("a");
    end();
    expect((await body.read()).buffer.byteLength).toBeLessThanOrEqual(10_000);
  });
});

const kilobytes = (count: number) => "a".repeat(count * 1024);

describe("bodies together", () => {
  it("have a budget: the one that grew the longest ago makes room, however large the others are", async () => {
    const budget = createBodyBudget(160 * 1024);
    const open = async (...texts: string[]) => {
      const { request, send } = sending();
      const body = budget.open(request, 90 * 1024);
      for (const text of texts) send(text);
      await body.read(texts.join("").length);
      return { body, send };
    };
    const stalled = await open(kilobytes(20));
    const dripping = await open(kilobytes(30), "a");
    const coming = await open(kilobytes(90));
    await expect(stalled.body.read()).rejects.toEqual(failure("noRoom"));
    // Within the memory that it has, what comes is no growth.
    dripping.send("a");
    await dripping.body.read(30 * 1024 + 2);
    await open(kilobytes(50));
    await expect(dripping.body.read()).rejects.toEqual(failure("noRoom"));
    expect((await coming.body.read(0)).byteLength).toBe(90 * 1024);
  });

  it("that are complete keep their room until they are released", async () => {
    const budget = createBodyBudget(100 * 1024);
    const complete = budget.open(post(kilobytes(70)), 90 * 1024);
    await complete.read();
    const next = budget.open(post(kilobytes(40)), 90 * 1024);
    await expect(next.read()).rejects.toEqual(failure("noRoom"));
    expect((await complete.read()).byteLength).toBe(70 * 1024);
    complete.release();
    complete.release();
    const last = budget.open(post(kilobytes(90)), 90 * 1024);
    expect((await last.read()).byteLength).toBe(90 * 1024);
  });

  it("count what is made of them", async () => {
    const budget = createBodyBudget(100 * 1024);
    const body = budget.open(post(kilobytes(40)), 90 * 1024);
    await body.read();
    body.addBytes(60 * 1024);
    expect(() => body.addBytes(1)).toThrow(failure("noRoom"));
    body.release();
    const last = budget.open(post(kilobytes(90)), 90 * 1024);
    expect((await last.read()).byteLength).toBe(90 * 1024);
  });

  it("that are small have room of their own, half as much", async () => {
    const budget = createBodyBudget(100 * 1024);
    const complete = budget.open(post(kilobytes(100)), 100 * 1024);
    await complete.read();
    const small = () => budget.open(post(kilobytes(16)), 90 * 1024);
    const three = [small(), small(), small()];
    for (const body of three) expect((await body.read()).byteLength).toBe(16 * 1024);
    await expect(small().read()).rejects.toEqual(failure("noRoom"));
    for (const body of [complete, ...three]) body.release();
    expect((await small().read()).byteLength).toBe(16 * 1024);
  });

  it("that are large take turns, so that a small one does not wait for all of them", async () => {
    const budget = createBodyBudget(1024 * 1024 * 1024);
    let taken = 0;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      taken += 1;
      controller.enqueue(Buffer.alloc(64 * 1024));
    };
    const endless = () => {
      const init = { method: "POST", body: new ReadableStream({ pull }), duplex: "half" } as const;
      return budget.open(new Request("http://127.0.0.1/", init), Infinity);
    };
    const large = Array.from({ length: 400 }, endless);
    const reading = large.map((body) => body.read(3 * 1024 * 1024));
    for (let turns = 0; turns < 10; turns += 1) await new Promise(setImmediate);
    expect((await budget.open(post("small"), 100).read()).toString()).toBe("small");
    // One of each came ahead, and one was asked for before the first turn.
    expect(taken).toBeLessThan(3 * large.length);
    for (const body of large) body.release();
    const ends = await Promise.allSettled(reading);
    expect(ends.every(({ status }) => status === "rejected")).toBe(true);
  });
});
