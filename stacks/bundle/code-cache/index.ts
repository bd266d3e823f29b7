/** Ships ExternalLambda with V8's code cache of it: half of a cold start's work, done beforehand. */
import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { inventEnvironment } from "./environment.ts";

const run = promisify(execFile);

/** Longer than the image of a runtime takes to be pulled over a slow line. */
const LIMIT_MS = 10 * 60_000;

/** No cache could be made. */
export class CodeCacheError extends Error {
  override readonly name = "CodeCacheError";
}

/** Where the function was built, where this folder is, and the setting `codeCache`. */
export interface CodeCacheArgs {
  readonly built: string;
  readonly sources: string;
  readonly command: string;
}

/**
 * Adds to a built `bundle.cjs` its loader and the cache that the Node behind `command` makes of it.
 * The cache is for that Node alone; with another one, the function starts without it.
 * @throws {CodeCacheError} with what the command printed.
 */
export async function addCodeCache({ built, sources, command }: CodeCacheArgs): Promise<void> {
  const inBuilt = (name: string) => path.join(built, name);
  await fs.copyFile(path.join(sources, "loader.mjs"), inBuilt("bundle.mjs"));
  await fs.copyFile(path.join(sources, "maker.mjs"), inBuilt("maker.mjs"));
  await fs.writeFile(inBuilt("maker.env"), inventEnvironment());
  try {
    const line = `${command} --env-file=maker.env maker.mjs`;
    await run("/bin/sh", ["-c", line], { cwd: built, timeout: LIMIT_MS });
    await fs.access(inBuilt("bundle.cache"));
  } catch (cause) {
    throw new CodeCacheError(
      `The setting codeCache made no code cache. Its command is to run Node in the folder it is ` +
        `started in, with the arguments added to it: ${command}\n${String(cause)}`,
      { cause },
    );
  }
  for (const name of ["maker.mjs", "maker.env"]) await fs.rm(inBuilt(name));
}
