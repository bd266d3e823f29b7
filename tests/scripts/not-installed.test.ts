/** Every npm script where packages are not installed, with the Node that this machine has. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { run } from "../../packages/local/test/support/command.ts";

const scripts: Readonly<Record<string, string>> = manifest.scripts;

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

/** What runs first of a script, and of the script that this runs. */
function firstOf(name: string): string {
  const { [`pre${name}`]: before, [name]: own } = scripts;
  const [first = ""] = (before ?? own ?? "").split(" && ");
  const [, another] = /^npm run (?:-s )?(\S+)$/.exec(first) ?? [];
  return another === undefined ? first : firstOf(another);
}

const env = { ...process.env, PATH };
const refused = { code: 1, stdout: "", stderr: `Run ${hint}` };

/** Once each: most scripts begin with another one. */
const starts = new Set(Object.keys(scripts).map(firstOf));

it.concurrent.each([...starts])("%s says what to do", async (start) => {
  await expect(run(["sh", "-c", start], { cwd: folder, env })).resolves.toEqual(refused);
});

it.concurrent.each(["start", "check"])("npm run %s says nothing else", async (name) => {
  const command = ["npm", "run", "-s", name] as const;
  await expect(run(command, { cwd: folder, env })).resolves.toEqual(refused);
});
