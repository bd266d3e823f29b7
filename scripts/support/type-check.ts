/** Type-checks the infrastructure, which the SST CLI bundles without checking its types. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runInGroup } from "@secure-lambda/local/command-line";
import { CommandError } from "./command-error.ts";

const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

/** What the compiler knows from the last check (`tsBuildInfoFile` of stacks/tsconfig.json). */
export const lastCheck = ".sst/stacks.tsbuildinfo";

/** Written by npm at each installation. */
const installations = ["node_modules", ".sst/platform/node_modules"].map((folder) =>
  path.join(folder, ".package-lock.json"),
);

/**
 * Checks the app in a folder, the current one by default. Where no file has changed since the last
 * check, the compiler only compares times. @throws CommandError with what the compiler says.
 */
export async function checkStackTypes(signal: AbortSignal, project = "."): Promise<void> {
  forgetOlderPackages(project);
  const lines: string[] = [];
  const code = await runInGroup({
    command: process.execPath,
    args: [compiler, "--build", "stacks", "--pretty", "false"],
    cwd: project,
    // Nothing else: a module that Node is told to load first would run with the compiler.
    env: { PATH: process.env["PATH"], NODE_DISABLE_COMPILE_CACHE: "1" },
    onLine: (line) => lines.push(line),
    signal,
  });
  if (code !== 0) {
    throw new CommandError(
      `${lines.join("\n")}\n\nThe infrastructure in stacks/ has type errors: see above.`,
    );
  }
}

/** Packages come with times of long ago, from which the compiler cannot tell that they are new. */
function forgetOlderPackages(project: string): void {
  const checkedAt = modifiedAt(path.join(project, lastCheck));
  if (installations.some((file) => modifiedAt(path.join(project, file)) > checkedAt)) {
    fs.rmSync(path.join(project, lastCheck), { force: true });
  }
}

function modifiedAt(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
