/** What `npm run doctor` finds missing, and how it says to get it. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkNode, checkPackages, checkPort } from "../../scripts/doctor/checks.ts";
import {
  checkAwsCli,
  checkAwsCredentials,
  checkChromium,
} from "../../scripts/doctor/optional-checks.ts";
import { checkCredentials } from "../../scripts/support/aws-credentials.ts";
import { listen } from "../../packages/local/src/http/listen.ts";
import { run } from "../../packages/local/test/support/command.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "doctor-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function write(file: string, text: string, mode = 0o644): void {
  const target = path.join(folder, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text, { mode });
}

const lock = (packages: object) => JSON.stringify({ packages });

it("another Node than that of the project is brought by npm ci", () => {
  write(".nvmrc", "24\n");
  expect(checkNode("24.1.0", folder)).toMatchObject({ ok: true });
  expect(checkNode("20.1.0", folder)).toMatchObject({
    ok: false,
    mend: expect.stringContaining("npm ci"),
  });
});

it("packages are those of the lock file, without what another machine needs", () => {
  const wanted = {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b": { version: "1.0.0", optional: true },
  };
  write("package-lock.json", lock(wanted));
  expect(checkPackages(folder)).toMatchObject({
    ok: false,
    detail: "not installed",
    mend: "npm ci",
  });
  write("node_modules/.package-lock.json", lock({ "node_modules/a": { version: "0.9.0" } }));
  expect(checkPackages(folder)).toMatchObject({
    ok: false,
    detail: "a not as in package-lock.json",
  });
  write("node_modules/.package-lock.json", lock({ "node_modules/a": { version: "1.0.0" } }));
  expect(checkPackages(folder)).toMatchObject({ ok: true });
});

it("a port is free, of this folder's own local cloud, or taken", async () => {
  const listener = await listen(() => new Response(), 0);
  const { port, url } = listener;
  const own = { stage: "local", apiUrl: url, awsUrl: "http://127.0.0.1:1", consoleUrl: url };
  expect(await checkPort(port, [])).toMatchObject({
    ok: false,
    mend: "npm start -- --port 0 --aws-port 0",
  });
  expect(await checkPort(port, [own])).toMatchObject({ ok: true });
  await listener.close();
  expect(await checkPort(port, [])).toMatchObject({ ok: true, detail: "free" });
});

it("credentials are looked for where AWS's SDKs look, and only commands for AWS need them", async () => {
  const env = { AWS_EC2_METADATA_DISABLED: "true", HOME: folder };
  const none = await checkAwsCredentials(() => checkCredentials(env, folder));
  expect(none).toMatchObject({ ok: false, onlyFor: expect.stringContaining("npm run deploy") });
  const some = { ...env, AWS_ACCESS_KEY_ID: "any" };
  expect(await checkAwsCredentials(() => checkCredentials(some, folder))).toMatchObject({
    ok: true,
  });
});

it("a browser and version 2 of the AWS CLI are on the path", async () => {
  const env = { PATH: folder };
  expect(checkChromium(env)).toMatchObject({ ok: false, onlyFor: "npm run test:browser" });
  expect(await checkAwsCli(env)).toMatchObject({ ok: false, detail: "no aws on the PATH" });
  write("chromium", "");
  write("aws", "#!/bin/sh\necho aws-cli/1.22.34 Python/3\n", 0o755);
  expect(checkChromium(env)).toMatchObject({ ok: true });
  expect(await checkAwsCli(env)).toMatchObject({ ok: false, detail: "aws-cli/1.22.34" });
  write("aws", "#!/bin/sh\necho aws-cli/2.9.19 Python/3\n", 0o755);
  expect(await checkAwsCli(env)).toMatchObject({ ok: true, detail: "aws-cli/2.9.19" });
});

it("version 2 of the AWS CLI is the one that a shell runs", async () => {
  const later = path.join(folder, "later");
  write("aws", "#!/bin/sh\necho aws-cli/1.22.34 Python/3\n", 0o755);
  write("later/aws", "#!/bin/sh\necho aws-cli/2.9.19 Python/3\n", 0o755);
  expect(await checkAwsCli({ PATH: `${folder}:${later}` })).toMatchObject({
    ok: false,
    detail: `aws-cli/1.22.34 at ${folder}/aws, before aws-cli/2.9.19 at ${later}/aws on the PATH`,
    onlyFor: expect.stringContaining("docs"),
  });
  expect(await checkAwsCli({ PATH: `${later}:${folder}` })).toMatchObject({ ok: true });
});

it("is a line for each thing", async () => {
  const { stdout } = await run(["node", "scripts/doctor.ts"]);
  expect(stdout).toMatch(/^[✓✗] {2}packages /m);
  expect(stdout).toMatch(/^. {2}port 3000 /m);
});
