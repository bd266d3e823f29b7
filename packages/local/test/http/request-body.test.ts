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
    const body = createBodyBudget(16_384).open(request, 10_000);
    for (let sent = 0; sent < 10_000; sent += 1) send("a");
    end();
    expect((await body.read()).buffer.byteLength).toBeLessThanOrEqual(10_000);
  });
});

describe("bodies together", () => {
  it("have a budget: the largest that is still being sent makes room for the others", async () => {
    const budget = createBodyBudget(100);
    const large = sending();
    const small = sending();
    const [stalled, other] = [budget.open(large.request, 90), budget.open(small.request, 90)];
    large.send("a".repeat(70));
    await stalled.read(70);
    const waiting = stalled.read();
    small.send("b".repeat(40));
    expect((await other.read(40)).byteLength).toBe(40);
    await expect(waiting).rejects.toEqual(failure("noRoom"));
    await expect(stalled.read()).rejects.toEqual(failure("noRoom"));
  });

  it("that are complete keep their room until they are released", async () => {
    const budget = createBodyBudget(100);
    const complete = budget.open(post("a".repeat(70)), 90);
    await complete.read();
    await expect(budget.open(post("b".repeat(40)), 90).read()).rejects.toEqual(failure("noRoom"));
    expect((await complete.read()).byteLength).toBe(70);
    complete.release();
    complete.release();
    expect((await budget.open(post("c".repeat(90)), 90).read()).byteLength).toBe(90);
  });

  it("count what is made of them", async () => {
    const budget = createBodyBudget(100);
    const body = budget.open(post("a".repeat(40)), 90);
    await body.read();
    body.addBytes(60);
    expect(() => body.addBytes(1)).toThrow(failure("noRoom"));
    body.release();
    expect((await budget.open(post("c".repeat(90)), 90).read()).byteLength).toBe(90);
  });
});
