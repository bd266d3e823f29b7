/** Who may call what: the guide's end-to-end test, over HTTP against the deployed app. */
import { securityHeaders } from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { untilLogged } from "../support/log-lines.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";
import { namesOf } from "../../stacks/settings/names.ts";

let app: SharedApp;
beforeAll(async () => {
  app = await useSharedApp();
});
afterAll(() => app?.close());

const madeUp = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtYWRlLXVwIn0.c2lnbmF0dXJl";

describe.each([
  { user: 1, own: "/lambda1", greeter: "ExternalLambda1", other: "/lambda2" },
  { user: 2, own: "/lambda2", greeter: "ExternalLambda2", other: "/lambda1" },
] as const)("user$user", ({ user, own, greeter, other }) => {
  it.each(["Bearer ", ""])(`is greeted on ${own} with "Authorization: %sTOKEN"`, async (scheme) => {
    const name = `Ada ${user}${scheme.trim()}`;
    const authorization = `${scheme}${await app.token(user)}`;
    const response = await app.post(own, { authorization, body: { name } });
    expect(response.status).toBe(200);
    await expect(response.json()).resolves.toEqual({
      message: `Hello ${name}. Greetings from ${greeter}! Message forwarded to InternalLambda.`,
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    await app.greetings.arrived(name);
  });

  it(`is refused on ${other}`, async () => {
    const authorization = `Bearer ${await app.token(user)}`;
    const response = await app.post(other, { authorization, body: { name: "Trespasser" } });
    expect(response.status).toBe(401);
    await expect(response.json()).resolves.toMatchObject({ status: 401, title: "Unauthorized" });
  });

  it.each([
    ["no token", undefined],
    ["an empty token", ""],
    ["a made-up token", `Bearer ${madeUp}`],
    ["something that is no token", "Bearer letmein"],
  ])(`needs a token on ${own}: %s is refused`, async (_, authorization) => {
    const response = await app.post(own, {
      ...(authorization === undefined ? {} : { authorization }),
      body: { name: "Nobody" },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get("x-amzn-errortype")).toBe("UnauthorizedException");
  });
});

it("greets inside once for each request that was let in, and for no other", async () => {
  const authorization = await app.token(1);
  await app.post("/lambda1", { authorization, body: { name: "The last one" } });
  await app.greetings.arrived("The last one");
  const names = ["Ada 1Bearer", "Ada 1", "Ada 2Bearer", "Ada 2", "The last one"];
  expect(app.greetings.all().toSorted()).toEqual(
    names.map((name) => `Hello ${name}. Greetings from InternalLambda!`).toSorted(),
  );
});

it("carries one correlation id from the gateway's answer to the line inside", async () => {
  const authorization = await app.token(1);
  const response = await app.post("/lambda1", { authorization, body: { name: "Traced" } });
  await app.greetings.arrived("Traced");
  const line = app.logs
    .read(namesOf("local").functionLog("InternalLambda"))
    .find(({ message }) => message.includes("Hello Traced."));
  expect(JSON.parse(line?.message ?? "{}")).toMatchObject({
    level: "INFO",
    message: { correlationId: response.headers.get("x-amzn-requestid") },
  });
});

it("keeps names, addresses and tokens out of ExternalLambda's log", async () => {
  const token = await app.token(1);
  const response = await app.post("/lambda1", {
    authorization: token,
    body: { name: "Confidential" },
  });
  const group = namesOf("local").functionLog("ExternalLambda");
  const requestId = response.headers.get("x-amzn-requestid") ?? "";
  await untilLogged(app.logs, group, new RegExp(`"correlationId":"${requestId}"`), 1);
  await app.greetings.arrived("Confidential");
  const lines = app.logs
    .read(group)
    .map(({ message }) => message)
    .join("\n");
  expect(lines).toContain('"route":"/lambda1"');
  expect(lines).not.toContain("Confidential");
  expect(lines).not.toContain("@example.com");
  expect(lines).not.toContain(token.slice(0, 30));
});

it.each([
  ["GET", "/lambda1", 403],
  ["OPTIONS", "/nowhere", 403],
  ["POST", "/", 403],
  ["POST", "/nowhere", 403],
])("does not know %s %s, and says so with the security headers", async (method, path, status) => {
  const response = await fetch(`${app.urls.api}${path}`, { method });
  expect(response.status).toBe(status);
  expect(response.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  for (const [name, value] of Object.entries(securityHeaders)) {
    expect(response.headers.get(name)).toBe(value);
  }
});
