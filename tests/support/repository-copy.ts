/** A copy of this repository with its tests and commands, in which the packages are the copy's own. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { run } from "../../packages/local/test/support/command.ts";
import { copyParts, type AppCopy } from "./app-copy.ts";
import type { Edit } from "./recipes.ts";

/** What a copy has of its own. */
const made = [".git", ".local-cloud", ".sst", "node_modules"];

/** Copies this repository. */
export function copyRepository(): AppCopy {
  const copied = fs.readdirSync(".").filter((name) => !made.includes(name));
  const copy = copyParts({ copied, linked: [], platform: true });
  // Tests of texts ask Git which files are the project's.
  execFileSync("git", ["init", "--quiet"], { cwd: copy.folder });
  const inCopy = (name: string) => path.join(copy.folder, name);
  const scope = "node_modules/@secure-lambda";
  fs.mkdirSync(inCopy(scope), { recursive: true });
  for (const name of fs.readdirSync("node_modules")) {
    // What tools remember of this repository is not true of a copy.
    if (name !== ".cache" && !fs.existsSync(inCopy(`node_modules/${name}`))) {
      fs.symlinkSync(path.resolve("node_modules", name), inCopy(`node_modules/${name}`));
    }
  }
  for (const name of ["cold-start", "core", "functions", "local"]) {
    fs.symlinkSync(inCopy(`packages/${name}`), inCopy(`${scope}/${name}`));
  }
  takeLastTypes(copy.folder);
  return copy;
}

/** Gives a copy what `npm run types` knows of this repository: its own checks only what is altered. */
function takeLastTypes(folder: string): void {
  const known = "node_modules/.cache/types.tsbuildinfo";
  if (!fs.existsSync(known)) return;
  const taken = path.join(folder, known);
  fs.mkdirSync(path.dirname(taken));
  const here = path.relative(path.dirname(taken), path.resolve());
  // The compiler knows what is linked by the names that the links lead to.
  const text = fs
    .readFileSync(known, "utf8")
    .replaceAll(/"\.\.\/(?!\.\.\/)/g, `"${here}/node_modules/`)
    .replaceAll('"../../.sst/platform/', `"${here}/.sst/platform/`);
  fs.writeFileSync(taken, text);
}

/** Applies a recipe's edits to a copy. @throws Error when a file does not have the lines once. */
export function applyEdits(copy: AppCopy, edits: readonly Edit[]): void {
  for (const { file, from, to } of edits) {
    const inCopy = path.join(copy.folder, file);
    if (to === undefined) fs.rmSync(inCopy, { recursive: true });
    else if (from === "") fs.writeFileSync(inCopy, to, { flag: "wx" });
    else copy.replace(file, from, to);
  }
}

/** Runs a tool of this repository in the copy, as if no test ran it. */
export function runInCopy(copy: AppCopy, tool: string, ...args: readonly string[]) {
  const { VITEST: _, VITEST_WORKER_ID: __, VITEST_POOL_ID: ___, ...env } = process.env;
  const bin = path.resolve("node_modules/.bin");
  return run([tool, ...args], {
    cwd: copy.folder,
    env: { ...env, PATH: `${bin}:${process.env["PATH"]}` },
  });
}
