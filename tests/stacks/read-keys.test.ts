/** The keys that a deployment puts into the function come from Cognito, or from nowhere. */
import { describe, expect, it } from "vitest";
import { readKeys, type KeyReading } from "../../stacks/identity/read-keys.ts";

const url = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Abc/.well-known/jwks.json";
const keys = {
  keys: [{ kid: "key-1", kty: "RSA", alg: "RS256", use: "sig", n: "AQAB", e: "AQAB" }],
};
const published = () => Response.json(keys);

/** Reads keys where each attempt gets the next answer, with one attempt for each. */
function setUp(answers: readonly ((signal: AbortSignal) => Response | Promise<Response>)[]) {
  const calls: (readonly [unknown, RequestInit | undefined])[] = [];
  const reading: KeyReading = {
    timeoutMs: 60_000,
    delaysMs: answers.slice(1).map(() => 0),
    fetchUrl: async (address, init) => {
      const answer = answers[calls.length];
      calls.push([address, init]);
      if (answer === undefined || !init?.signal) throw new Error("There is no further attempt.");
      return answer(init.signal);
    },
  };
  return { calls, reading };
}

const unreachable = () => {
  throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:1") });
};

describe("the keys of a pool", () => {
  it("are read at the address, and no redirection is followed", async () => {
    const { calls, reading } = setUp([published]);
    await expect(readKeys(url, reading)).resolves.toEqual(keys);
    expect(calls).toEqual([[url, expect.objectContaining({ redirect: "error" })]]);
  });

  it.each([
    ["it cannot be reached", unreachable],
    ["the pool is not there yet", () => new Response("", { status: 404 })],
    ["Cognito throttles", () => new Response("", { status: 429 })],
    ["Cognito fails", () => new Response("", { status: 500 })],
    ["what comes is no JSON", () => new Response("<html>")],
    ["what comes is no key set", () => Response.json({ keys: [] })],
  ])("are read again when %s", async (_, fault) => {
    const { calls, reading } = setUp([fault, fault, published]);
    await expect(readKeys(url, reading)).resolves.toEqual(keys);
    expect(calls).toHaveLength(3);
  });

  it.each([
    ["connect ECONNREFUSED 127.0.0.1:1", unreachable],
    ["HTTP 503", () => new Response("", { status: 503 })],
    ["they are not a key set", () => Response.json({ keys: "none" })],
  ])("end the deployment after the last attempt, with the reason: %s", async (reason, fault) => {
    const { calls, reading } = setUp([fault, fault]);
    await expect(readKeys(url, reading)).rejects.toThrow(
      `The keys at ${url} could not be read: ${reason}.`,
    );
    expect(calls).toHaveLength(2);
  });

  it.each([
    ["an answer", (signal: AbortSignal) => untilAborted(signal)],
    ["the rest of an answer", (signal: AbortSignal) => new Response(stalledBody(signal))],
  ])("are not waited for without end: %s", async (_, stall) => {
    const { reading } = setUp([stall]);
    await expect(readKeys(url, { ...reading, timeoutMs: 1 })).rejects.toThrow(/timeout/);
  });

  it.each([
    "http://127.0.0.1:4566/us-east-1_Abc/.well-known/jwks.json",
    "data:application/json,{}",
  ])("are not read from %s", async (address) => {
    const { calls, reading } = setUp([published]);
    await expect(readKeys(address, reading)).rejects.toThrow("Keys are read over HTTPS only");
    expect(calls).toEqual([]);
  });
});

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

function stalledBody(signal: AbortSignal): ReadableStream {
  return new ReadableStream({
    start: (controller) => signal.addEventListener("abort", () => controller.error(signal.reason)),
  });
}
