/**
 * What the app's own files add to the environment. The SST CLI loads `.env` and `.env.STAGE` by
 * itself: the first adds what the environment lacks, the second overrules it (recorded: cmd/sst/cli
 * of SST). sst.config.ts may name a profile for AWS, which would be in a file that is not read here.
 */
import fs from "node:fs";
import path from "node:path";
import { isToolVariable } from "./tool-variables.ts";

/** What a run of the CLI is for, and what is said of a file that would lead it elsewhere. */
const consequences = {
  "the local cloud": (them: string) =>
    `it would leave the local cloud. Set ${them} in .env or in your shell, which the local cloud keeps out.`,
  AWS: (them: string) =>
    `it would call AWS otherwise than this command has checked. Set ${them} in your shell.`,
} as const;

/** A file sets what configures the CLI's tools, and the CLI could not be kept from it. */
export class EnvFileError extends Error {
  override readonly name = "EnvFileError";

  constructor(file: string, names: readonly string[], purpose: keyof typeof consequences) {
    const consequence = consequences[purpose](names.length === 1 ? "it" : "them");
    super(
      `${file} sets ${names.join(", ")}. The SST CLI lets this file overrule its environment, so that ${consequence}`,
    );
  }
}

/**
 * The environment with an empty variable for each of a tool's that `.env` would add, and without the
 * profile of sst.config.ts.
 * @throws EnvFileError when `.env.STAGE` sets a tool's variable or one that the local cloud sets.
 */
export function shieldFromFiles(
  env: NodeJS.ProcessEnv,
  folder: string,
  stage: string,
): NodeJS.ProcessEnv {
  checkStageFile(folder, stage);
  const added = variablesIn(path.join(folder, ".env")).filter(isToolVariable);
  return {
    ...Object.fromEntries(added.map((name) => [name, ""])),
    ...env,
    SST_AWS_NO_PROFILE: "true",
  };
}

/** Checks only `.env.STAGE`, before a run of the CLI for the local cloud or for AWS. @throws EnvFileError */
export function checkStageFile(
  folder: string,
  stage: string,
  purpose: keyof typeof consequences = "the local cloud",
): void {
  const file = `.env.${stage}`;
  const names = variablesIn(path.join(folder, file)).filter(
    (name) => isToolVariable(name) || isOurs(name),
  );
  if (names.length > 0) throw new EnvFileError(file, names, purpose);
}

/** By these the CLI finds Node, the local engine and a folder for its files. */
const isOurs = (name: string) => ["PATH", "HOME", "TMPDIR", "XDG_CONFIG_HOME"].includes(name);

/**
 * A name before `=` or `:`, at the start of a line or behind a quoted value (recorded: parser.go of
 * joho/godotenv). It finds every one that is set, and may find more inside quotes.
 */
const assignment = /(?:^|["'])[\s\u0085]*(?:export[\s\u0085]*)?([\p{L}\p{N}_.]+)\s*[=:]/gmu;

/** The names of the variables that an env file sets; none if there is no such file. */
export function variablesIn(file: string): string[] {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) return [];
  const text = fs.readFileSync(file, "utf8");
  return [...new Set(Array.from(text.matchAll(assignment), ([, name = ""]) => name))];
}
