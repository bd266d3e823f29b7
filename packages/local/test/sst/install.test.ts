/** When SST's platform counts as installed: for the versions that the app names. */
import fs from "node:fs";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { isPlatformInstalled } from "../../src/sst/install.ts";
import { openProject } from "../../src/sst/project.ts";
import { createStubApp } from "../support/stub-app.ts";

const aws = { name: "aws", package: "@pulumi/aws", version: "7.20.0" };

/** Whether it is for an app with this config, once it was installed with this lock. */
function isInstalled(config: string, lock: string, sstVersion: string): boolean {
  const app = createStubApp("");
  onTestFinished(() => app.remove());
  fs.mkdirSync(path.join(app.folder, ".sst/platform"), { recursive: true });
  fs.writeFileSync(path.join(app.folder, ".sst/platform/version"), sstVersion);
  fs.writeFileSync(path.join(app.folder, ".sst/provider-lock.json"), lock);
  fs.writeFileSync(path.join(app.folder, "sst.config.ts"), config);
  return isPlatformInstalled(openProject(app.folder));
}

it.each([
  `home: "aws", providers: { aws: "7.20.0" }`,
  `home: "aws", providers: { aws: { region, version: "7.20.0" } }`,
  `home: "aws", providers: { aws: { version: versions.aws } }`,
  `home: "aws", providers: { "aws": '7.20.0', cloudflare: "6.15.0" }`,
])("is installed for { %s }", (config) => {
  expect(isInstalled(config, JSON.stringify([aws]), "0.0.0")).toBe(true);
});

it.each([
  ["another version of a provider", `aws: { version: "7.48.0" }`, JSON.stringify([aws]), "0.0.0"],
  ["another version, in short", `aws: "7.48.0"`, JSON.stringify([aws]), "0.0.0"],
  ["a lock file that was cut off", `aws: "7.20.0"`, JSON.stringify([aws]).slice(0, 20), "0.0.0"],
  ["another version of SST", `aws: "7.20.0"`, JSON.stringify([aws]), "0.0.1"],
])("is not installed for %s", (_what, config, lock, sstVersion) => {
  expect(isInstalled(config, lock, sstVersion)).toBe(false);
});
