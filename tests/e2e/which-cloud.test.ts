/** Which of several local clouds in a folder an operator's command is about. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRunDirectory } from "../../packages/local/src/runs/run-directory.ts";
import { registerCloud } from "../../packages/local/src/runs/cloud-registry.ts";
import { createStubApp, type StubApp } from "../../packages/local/test/support/stub-app.ts";
import { run, unwrapped } from "../../packages/local/test/support/command.ts";

const token = fileURLToPath(new URL("../../scripts/token.ts", import.meta.url));

let app: StubApp;
beforeEach(() => {
  app = createStubApp("exit 1");
});
afterEach(() => app.remove());

/** Has a cloud on this port be the one that was ready after so many seconds. Nobody answers there. */
function announce(port: number, seconds: number): void {
  const folder = createRunDirectory(path.join(app.folder, ".local-cloud")).path;
  const url = `http://127.0.0.1:${port}`;
  registerCloud(folder, { stage: "local", apiUrl: url, awsUrl: url, consoleUrl: url });
  fs.utimesSync(path.join(folder, "cloud.json"), seconds, seconds);
}

const askToken = (...more: string[]) =>
  run(["node", token, "user1@example.com", ...more], { cwd: app.folder });

it("is the newest, which the command says, only on standard error", async () => {
  announce(2, 20);
  announce(3, 30);
  announce(1, 10);
  const { stdout, stderr } = await askToken();
  expect(stdout).toBe("");
  expect(unwrapped(stderr)).toContain(
    "3 local clouds run in this folder. This command uses the newest, --aws-port 3; choose another with --aws-port 2 or --aws-port 1.",
  );
  expect(stderr).toContain("127.0.0.1:3");
});

it.each([
  ["there is but one", [], 1],
  ["one is named", ["--aws-port", "1"], 2],
] as const)("is said by nobody where %s", async (_, args, count) => {
  for (let port = 1; port <= count; port += 1) announce(port, port);
  const { stderr } = await askToken(...args);
  expect(stderr).toContain("127.0.0.1:1");
  expect(stderr).not.toContain("local clouds run");
});
