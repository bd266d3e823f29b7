/** The registry of running local clouds, which other processes read at any moment. */
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findRunningClouds, registerCloud } from "../../src/runs/cloud-registry.ts";
import { createRunDirectory } from "../../src/runs/run-directory.ts";
import { openProject } from "../../src/sst/project.ts";
import { createStubApp, type StubApp } from "../support/stub-app.ts";

let app: StubApp;
let folder: string;
beforeEach(() => {
  app = createStubApp("exit 0");
  folder = createRunDirectory(openProject(app.folder).cloudFolder).path;
});
afterEach(() => app.remove());

function cloudAt(port: number) {
  const url = `http://127.0.0.1:${port}`;
  return { stage: "local", apiUrl: url, awsUrl: url, consoleUrl: url };
}

it("has a cloud once it is ready", () => {
  expect(findRunningClouds(app.folder)).toEqual([]);
  registerCloud(folder, cloudAt(1));
  expect(findRunningClouds(app.folder)).toEqual([cloudAt(1)]);
});

it("is never seen half-written: its file comes whole, in one step", () => {
  const file = path.join(folder, "cloud.json");
  registerCloud(folder, cloudAt(1));
  const seen = fs.openSync(file, "r");
  registerCloud(folder, cloudAt(2));
  expect(JSON.parse(fs.readFileSync(seen, "utf8"))).toEqual(cloudAt(1));
  fs.closeSync(seen);
  expect(findRunningClouds(app.folder)).toEqual([cloudAt(2)]);
});
