/** Users in the console's API. */
import { beforeEach, expect, it, onTestFinished } from "vitest";
import * as z from "zod";
import { usersSchema } from "../../src/console-api/users-view.ts";
import { createTestCloud, type TestCloud } from "../support/test-cloud.ts";
import { openApi } from "./api-client.ts";

const username = "ada@example.com";
const password = "Correct-horse-1!";

let cloud: TestCloud;
let api: ReturnType<typeof openApi>;
let userPoolId: string;

beforeEach(async () => {
  cloud = createTestCloud();
  onTestFinished(() => cloud.stop());
  api = openApi(cloud);
  userPoolId = (
    await cloud.cognito.createUserPool({ name: "Users", usernameAttributes: ["email"] })
  ).id;
});

const create = (body: object = {}) =>
  api.call("POST", "/users", { userPoolId, username, password, ...body });

async function created(body: object = {}): Promise<string> {
  const { status, json } = await create(body);
  expect(status).toBe(201);
  return z.object({ id: z.string() }).parse(json).id;
}

async function theUser() {
  const { json } = await api.call("GET", "/users");
  return usersSchema.parse(json).userPools[0]?.users[0];
}

const change = (id: string, body: object) => api.call("POST", `/users/${userPoolId}/${id}`, body);

it("a user is created with a permanent password, and listed with a masked address", async () => {
  const id = await created();
  expect(await theUser()).toMatchObject({ id, email: "***", status: "CONFIRMED" });
  expect(JSON.stringify(await api.call("GET", "/users?reveal=true"))).toContain(username);
});

it("a user without a password is invited by mail", async () => {
  await created({ password: undefined });
  expect(await theUser()).toMatchObject({ status: "FORCE_CHANGE_PASSWORD" });
  expect(cloud.deliveries).toMatchObject([{ kind: "AdminCreateUser", destination: username }]);
});

it("a password that the policy refuses leaves no user", async () => {
  const { status, json } = await create({ password: "lowercase-only" });
  expect(status).toBe(409);
  expect(json).toMatchObject({ detail: expect.stringContaining("InvalidPasswordException") });
  expect(await theUser()).toBeUndefined();
});

it("a password that is too short is refused in words", async () => {
  const { status, json } = await create({ password: "short" });
  expect(status).toBe(400);
  expect(json).toMatchObject({
    errors: [{ field: "body.password", message: "must have at least 6 characters" }],
  });
});

it("a user is disabled, enabled and signed out", async () => {
  const id = await created();
  expect((await change(id, { action: "disable" })).status).toBe(204);
  expect(await theUser()).toMatchObject({ isEnabled: false });
  expect((await change(id, { action: "enable" })).status).toBe(204);
  expect(await theUser()).toMatchObject({ isEnabled: true });
  expect((await change(id, { action: "sign-out" })).status).toBe(204);
});

it("only a user who signed up is confirmed", async () => {
  const id = await created();
  expect((await change(id, { action: "confirm" })).json).toMatchObject({
    detail: expect.stringContaining("Current status is CONFIRMED"),
  });
});

it("a temporary password has to be changed", async () => {
  const id = await created();
  const body = { action: "set-password", password: "Another-horse-2!", permanent: false };
  expect((await change(id, body)).status).toBe(204);
  expect(await theUser()).toMatchObject({ status: "FORCE_CHANGE_PASSWORD" });
});

it("a reset user must set another password, by the code that is mailed", async () => {
  const id = await created();
  expect((await change(id, { action: "reset-password" })).status).toBe(204);
  expect(await theUser()).toMatchObject({ status: "RESET_REQUIRED" });
  expect(cloud.deliveries).toMatchObject([{ kind: "ForgotPassword", destination: username }]);
});

it("what does not exist is not found, and an unknown action is named", async () => {
  const id = await created();
  expect((await create({ userPoolId: "us-east-1_none" })).status).toBe(404);
  expect((await change("none", { action: "disable" })).status).toBe(404);
  const { status, json } = await change(id, { action: "delete" });
  expect(status).toBe(400);
  expect(json).toMatchObject({ errors: [{ field: "body.action" }] });
});
