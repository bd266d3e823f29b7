/** Type-checks what is deployed, which the SST CLI bundles without checking its types. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runInGroup } from "@secure-lambda/local/command-line";
import { CommandError } from "./command-error.ts";
import { excuseSstSources } from "./sst-sources.ts";

const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

/** The projects of the compiler, and what it knows from the last check (`tsBuildInfoFile` of each). */
export const lastChecks = {
  stacks: ".sst/stacks.tsbuildinfo",
  "packages/functions": ".sst/functions.tsbuildinfo",
} as const;

type Project = keyof typeof lastChecks;

/** The times of files may be so many milliseconds behind the clock. */
const tick = 20;

/** Written by npm at each installation. */
const installations = ["node_modules", ".sst/platform/node_modules"].map((folder) =>
  path.join(folder, ".package-lock.json"),
);

/** Checks the infrastructure of the app in a folder. @throws CommandError with what the compiler says. */
export const checkStackTypes = (signal: AbortSignal, folder = "."): Promise<void> =>
  checkTypes(["stacks"], signal, folder);

/** Checks the functions as well, with core and what shortens their cold starts. @throws CommandError */
export const checkAppTypes = (signal: AbortSignal, folder: string): Promise<void> =>
  checkTypes(["stacks", "packages/functions"], signal, folder);

/** Where no file has changed since the last check, the compiler only compares times. */
async function checkTypes(
  projects: readonly Project[],
  signal: AbortSignal,
  folder: string,
): Promise<void> {
  excuseSstSources(folder);
  const infos = projects.map((project) => path.join(folder, lastChecks[project]));
  for (const info of infos) forgetUncomparable(folder, info);
  const startedAt = Date.now();
  const lines: string[] = [];
  const code = await runInGroup({
    command: process.execPath,
    // Four checkers, the default, each resolve SST's types again: 2.5 times the CPU time of one.
    args: [compiler, "--build", ...projects, "--checkers", "1", "--pretty", "false"],
    cwd: folder,
    // Nothing else: a module that Node is told to load first would run with the compiler.
    env: { PATH: process.env["PATH"], NODE_DISABLE_COMPILE_CACHE: "1" },
    onLine: (line) => lines.push(line),
    signal,
  }).finally(() => {
    for (const info of infos) dateFromStart(info, startedAt);
  });
  if (code !== 0)
    throw new CommandError(`${lines.join("\n")}\n\nThere are type errors: see above.`);
}

/**
 * Packages come with times of long ago, from which the compiler cannot tell that they are new. Nor can it
 * from the time of anything where the clock was set back since its last check.
 */
function forgetUncomparable(folder: string, info: string): void {
  const checkedAt = modifiedAt(info);
  if (
    checkedAt > Date.now() ||
    installations.some((file) => modifiedAt(path.join(folder, file)) >= checkedAt)
  ) {
    fs.rmSync(info, { force: true });
  }
}

/** The compiler dates it from its end, and so never sees what was saved since it read the sources. */
function dateFromStart(info: string, startedAt: number): void {
  if (modifiedAt(info) < startedAt) return;
  const time = new Date(startedAt - tick);
  fs.utimesSync(info, time, time);
}

function modifiedAt(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
