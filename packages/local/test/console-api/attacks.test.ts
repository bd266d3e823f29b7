/** The console's API of attacks, of sign-in and of sending. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { listen, type Listener } from "../../src/http/listen.ts";
import { example, startAttackedCloud } from "../attacks/attacked-cloud.ts";
import type { StartedCloud } from "../support/test-cloud.ts";
import { openApi } from "./api-client.ts";

let cloud: StartedCloud;
let listener: Listener;
let api: ReturnType<typeof openApi>;
let userPoolId: string;
beforeEach(async () => {
  cloud = await startAttackedCloud();
  listener = await listen(cloud.gateway.fetch, 0);
  api = openApi(cloud, listener.url);
  userPoolId = poolOne()?.id ?? "";
});
afterEach(async () => {
  await listener.close();
  await cloud.stop();
});

describe("attacks", () => {
  it("are listed with what each tries and what must happen", async () => {
    const { json } = await api.call("GET", "/attacks");
    expect(json).toMatchObject({
      attacks: expect.arrayContaining([
        {
          id: "no-token",
          title: "No token",
          tries: "Calls a route without a token.",
          expects: "The authorizer refuses it; the function is not called.",
        },
      ]),
    });
  });

  it("run one by one", async () => {
    const { json } = await api.call("POST", "/attacks/expired");
    expect(json).toMatchObject({
      id: "expired",
      outcome: "defended",
      attempts: [{ status: 401, layer: "authorizer", reason: "it has expired (claim exp)" }],
    });
    expect((await api.call("POST", "/attacks/unheard-of")).status).toBe(404);
  });

  it("run all as a report, with those by the last request that was served", async () => {
    const unknown = await api.call("POST", "/attacks/unknown-key");
    expect(unknown.json).toMatchObject({
      outcome: "not-applicable",
      reason: expect.stringContaining("send one that is served first"),
    });
    const { body, headers, method, target } = example;
    const token = await signIn({ username: await createUser() });
    const sent = await api.call("POST", "/send", { body, headers, method, target, token });
    expect(sent.json).toMatchObject({ status: 200 });
    const { json } = await api.call("POST", "/attacks");
    expect(json).toMatchObject({ failed: 0, notApplicable: 0 });
  });
});

const poolOne = () =>
  cloud.cognito.context.pools.list().find(({ settings }) => settings.name === "one");

const idToken = z.object({ idToken: z.string() });

async function signIn(credentials: object): Promise<string> {
  const { json } = await api.call("POST", "/sign-in", { userPoolId, ...credentials });
  return idToken.parse(json).idToken;
}

async function createUser(): Promise<string> {
  const named = { UserPoolId: userPoolId, Username: "ada" };
  await cloud.clients.cognito.send(new AdminCreateUserCommand(named));
  await cloud.clients.cognito.send(
    new AdminSetUserPasswordCommand({ ...named, Password: "Passw0rd!", Permanent: true }),
  );
  return "ada";
}

const greet = async (token?: string) => {
  const { body, headers, method, target } = example;
  const { json } = await api.call("POST", "/send", {
    body,
    headers,
    method,
    target,
    ...(token !== undefined && { token }),
  });
  return z.object({ id: z.string(), status: z.int() }).parse(json);
};

describe("a sign-in", () => {
  it("by password gives a token by which a route is called", async () => {
    const username = await createUser();
    const { id, status } = await greet(await signIn({ username, password: "Passw0rd!" }));
    expect(status).toBe(200);
    expect(cloud.requests.find(id)?.route).toBe("/greet");
    expect((await greet()).status).toBe(401);
  });

  it("by the operator needs no password, and starts no session", async () => {
    const token = await signIn({ username: await createUser() });
    expect((await greet(token)).status).toBe(200);
    expect(poolOne()?.sessions).toEqual([]);
  });

  it.each([
    ["a wrong password", { username: "ada", password: "Wrong0rd!" }, 409, "NotAuthorizedException"],
    ["a user that does not exist", { username: "eve" }, 409, "UserNotFoundException"],
    [
      "a pool that does not exist",
      { userPoolId: "none", username: "ada" },
      404,
      "no such user pool",
    ],
  ])("with %s is refused in plain words", async (_, credentials, status, detail) => {
    await createUser();
    const response = await api.call("POST", "/sign-in", { userPoolId, ...credentials });
    expect(response.status).toBe(status);
    expect(response.json).toMatchObject({ detail: expect.stringContaining(detail) });
  });
});

it("refuses to send what would end a line of HTTP", async () => {
  const { status } = await api.call("POST", "/send", {
    method: "GET",
    target: "/",
    headers: [["X-A", "a\r\nX-B: b"]],
  });
  expect(status).toBe(400);
});
