/** What ended a command, in words that say what would be right. */
import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";
import { explain } from "../../src/cli/explain.ts";
import { PortTakenError } from "../../src/http/listen.ts";
import { registerCloud } from "../../src/runs/cloud-registry.ts";
import { createRunDirectory } from "../../src/runs/run-directory.ts";
import { openProject } from "../../src/sst/project.ts";
import { createStubApp, type StubApp } from "../support/stub-app.ts";

let app: StubApp;
beforeEach(() => {
  app = createStubApp("exit 0");
  const directory = createRunDirectory(openProject(app.folder).cloudFolder);
  onTestFinished(() => directory.remove());
  registerCloud(directory.path, {
    stage: "local",
    apiUrl: "http://127.0.0.1:3000",
    awsUrl: "http://127.0.0.1:4566",
    consoleUrl: "http://127.0.0.1:4566/_local/console",
  });
});
afterEach(() => app.remove());

const explained = (error: Error) => explain(error, "npm start --", app.folder);

it.each([3000, 4566])("names this folder's local cloud that has port %i", (port) => {
  expect(explained(new PortTakenError(port, undefined))).toBe(
    [
      "A local cloud of this folder is already running: http://127.0.0.1:3000, AWS endpoint http://127.0.0.1:4566.",
      "Use it, stop it with Ctrl-C in its terminal, or start another on free ports:\n  npm start -- --port 0 --aws-port 0",
    ].join("\n"),
  );
});

it("offers free ports where another program has one", () => {
  expect(explained(new PortTakenError(65_535, undefined))).toBe(
    "Port 65535 is taken by another program. Stop that program, or start on free ports:\n  npm start -- --port 0 --aws-port 0",
  );
});

it("leaves every other message as it is", () => {
  expect(explained(new Error("No such app."))).toBe("No such app.");
});
