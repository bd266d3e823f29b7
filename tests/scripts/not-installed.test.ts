/** Every npm script where packages are not installed, with the Node that this machine has. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { run } from "../../packages/local/test/support/command.ts";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "not-installed-"));
  for (const name of ["package.json", ".npmrc", ".nvmrc", "scripts"]) {
    fs.cpSync(name, path.join(folder, name), { recursive: true });
  }
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Without what this repository's packages bring. */
const PATH = (process.env["PATH"] ?? "")
  .split(path.delimiter)
  .filter((entry) => !entry.includes("node_modules"))
  .join(path.delimiter);

const hint = '"npm ci" first: it installs this app\'s packages and the Node that runs them.';

it.concurrent.each(Object.keys(manifest.scripts))("npm run %s says what to do", async (name) => {
  const env = { ...process.env, PATH };
  const { code, stdout, stderr } = await run(["npm", "run", "-s", name], { cwd: folder, env });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(`Run ${hint}`);
});
