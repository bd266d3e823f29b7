/** `npm run logs` and `npm run status` about the deployed app. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { run, start, unwrapped } from "../../packages/local/test/support/command.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";

let app: SharedApp;
let authorization: string;
let requestId: string;
beforeAll(async () => {
  app = await useSharedApp();
  authorization = `Bearer ${await app.token(1)}`;
  const response = await app.post("/lambda1", { authorization, body: { name: "Hypatia" } });
  requestId = response.headers.get("x-amzn-requestid") ?? "none";
  await app.greetings.arrived("Hypatia");
});
afterAll(() => app?.close());

const args = (script: string, more: readonly string[]) =>
  ["node", `scripts/${script}.ts`, "--aws-port", new URL(app.urls.aws).port, ...more] as const;
const logs = (...more: string[]) => run(args("logs", more));

it("logs --request ID shows what both functions and the API logged of it, by its beginning too", async () => {
  const { code, stdout } = await logs("--request", requestId.slice(0, 8));
  expect(code).toBe(0);
  for (const part of [
    / ExternalLambda .*POST \/lambda1/,
    / Api .*200/,
    / InternalLambda .*Hello Hypatia/,
  ]) {
    expect(stdout).toMatch(part);
  }
  await expect(logs("--request", requestId)).resolves.toEqual({ code: 0, stdout, stderr: "" });
});

it("logs --function shows no other's, and names those that there are", async () => {
  const { stdout } = await logs("--function", "InternalLambda");
  expect(stdout).toContain("Hello Hypatia");
  expect(stdout).not.toContain("ExternalLambda  ");
  const { code, stderr } = await logs("--function", "Internal");
  expect(code).toBe(2);
  expect(unwrapped(stderr)).toContain("Expected ExternalLambda or InternalLambda.");
});

it("logs says where nothing has the id, and what to do", async () => {
  const { code, stdout, stderr } = await logs("--request", "00000000");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(unwrapped(stderr)).toMatch(/has request 00000000\. Look further back with --since\.$/);
});

it("logs --follow goes on with what comes, until it is interrupted", async () => {
  const following = start(args("logs", ["--follow"]));
  await following.line(/Hello Hypatia/);
  await app.post("/lambda1", { authorization, body: { name: "Emmy" } });
  await following.line(/Hello Emmy/);
  await app.greetings.arrived("Emmy");
  following.interrupt();
  await expect(following.ended).resolves.toBe(0);
  expect(following.stdout.filter((line) => line.includes("Hello Hypatia"))).toHaveLength(1);
});

it("status says what there is of the stage", async () => {
  const { code, stdout } = await run(args("status", []));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^POST \/lambda2 +AGAuthorizer2, pool 2$/m);
  expect(stdout).toMatch(/^users in pool 1 +[1-9]\d*$/m);
  expect(stdout).toMatch(/^dead letters +\d+/m);
});
