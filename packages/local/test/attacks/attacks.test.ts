/** Every attack on a small deployed API: what withstands it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AttackResult } from "../../src/attacks/run.ts";
import { listen } from "../../src/http/listen.ts";
import type { StartedCloud } from "../support/test-cloud.ts";
import { attacksOn, startAttackedCloud } from "./attacked-cloud.ts";

let cloud: StartedCloud;
let report: readonly AttackResult[];
beforeAll(async () => {
  cloud = await startAttackedCloud();
  const attacks = await attacksOn(cloud);
  report = await attacks.runAll();
  await attacks.stop();
}, 60_000);
afterAll(() => cloud?.stop());

const resultOf = (id: string) => report.find((result) => result.id === id);

it("withstands every attack", () => {
  const wrong = report.filter(({ outcome }) => outcome !== "defended");
  expect(wrong).toEqual([]);
  expect(report.length).toBeGreaterThan(25);
  expect(report.at(-1)?.id).toBe("flood");
});

it.each([
  ["no-token", 401, "authorizer", "there is no token in Authorization"],
  ["other-pool", 401, "authorizer", "it is a token of another pool"],
  ["expired", 401, "authorizer", "it has expired (claim exp)"],
  ["tampered", 401, "authorizer", "its signature is not valid"],
  ["alg-none", 401, "authorizer", "its algorithm is not RS256"],
  ["hs256", 401, "authorizer", "its algorithm is not RS256"],
  ["padded", 401, "authorizer", "no JWT in canonical base64url"],
  ["other-issuer", 401, "authorizer", "it is a token of another pool"],
  ["other-use", 401, "authorizer", "it is an access token"],
  ["oversized-body", 413, "gateway", "Request Too Long"],
  ["unknown-key", 400, "validation", ""],
  ["prototype-key", 400, "validation", ""],
  ["constructor-key", 400, "validation", ""],
  ["wrong-type", 400, "validation", ""],
  ["not-json", 400, "validation", "the body is not JSON"],
  ["log4shell", 403, "firewall", "blocked by Log4JRCE_HEADER"],
  ["script-name", 403, "firewall", "blocked by CrossSiteScripting_BODY"],
  ["overlong-header", 431, "gateway", ""],
  ["other-method", 403, "route", "no resource and method for PUT /greet"],
  ["trailing-slash", 401, "authorizer", "there is no token"],
  ["dot-segments", 403, "route", "no resource and method"],
  ["flood", 429, "throttle", "Limit: 100.00 Burst: 60"],
])("refuses %s with %i in the layer %s", (id, status, layer, reason) => {
  expect(resultOf(id)?.attempts).toEqual([
    expect.objectContaining({
      target: "POST /greet",
      status,
      layer,
      outcome: "defended",
      reason: expect.stringContaining(reason),
      requestIds: [expect.any(String)],
    }),
  ]);
});

it("says how many requests of the flood were let in", () => {
  const [attempt] = resultOf("flood")?.attempts ?? [];
  const [, letIn, sent] =
    /; (\d+) of (\d+) requests were let in$/.exec(attempt?.reason ?? "") ?? [];
  expect(Number(letIn)).toBeGreaterThan(0);
  expect(Number(sent)).toBeGreaterThan(Number(letIn));
});

it("says what became of what no layer refused", () => {
  expect(resultOf("sql-name")?.attempts).toMatchObject([
    { status: 200, layer: "function", reason: "served as data" },
  ]);
  expect(resultOf("poison-message")?.attempts).toMatchObject([
    { status: 200, layer: "aws-call", reason: "ended in the dead-letter queue dead" },
  ]);
});

it("keeps each request for who wants to see why", () => {
  const [attempt] = resultOf("tampered")?.attempts ?? [];
  expect(cloud.requests.find(attempt?.requestIds[0] ?? "")?.response?.status).toBe(401);
});

it("says which statement of a topic's policy refuses another role", () => {
  expect(resultOf("unwanted-publisher")?.attempts).toEqual([
    expect.objectContaining({ target: "names, unsigned", status: 403, outcome: "defended" }),
    expect.objectContaining({
      target: "names, signed by Internal",
      status: 403,
      facts: expect.objectContaining({ statement: "OnlyExternal" }),
    }),
  ]);
});

it("leaves users and sessions as they are", () => {
  for (const { users, sessions } of cloud.cognito.context.pools.list()) {
    expect([users.size, sessions.length]).toEqual([0, 0]);
  }
});

it("reports attacks on routes that nothing answers as failed, and goes on", async () => {
  const closed = await listen(() => new Response(), 0);
  await closed.close();
  const attacks = await attacksOn(cloud, undefined, { apiUrl: () => closed.url });
  const results = await attacks.runAll();
  await attacks.stop();
  const ids = results.filter(({ outcome }) => outcome === "failed").map(({ id }) => id);
  expect(ids).toEqual(
    report.flatMap(({ id, attempts }) => (attempts[0]?.target === "POST /greet" ? [id] : [])),
  );
  expect(results[0]?.attempts).toEqual([
    expect.objectContaining({
      target: "POST /greet",
      status: undefined,
      layer: undefined,
      requestIds: [],
      problem: expect.stringContaining("no response: connect ECONNREFUSED"),
    }),
  ]);
});

it("reports an attack that ends a response without the id of a request as failed", async () => {
  const attacks = await attacksOn(cloud, () => new Response(null, { status: 400 }));
  const result = await attacks.run("no-token");
  await attacks.stop();
  expect(result).toMatchObject({
    outcome: "failed",
    attempts: [{ problem: "no request was recorded: 400" }],
  });
});
