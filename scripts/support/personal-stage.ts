/** The stage of a developer who names none. */
import os from "node:os";
import path from "node:path";
import { textOf } from "./text-of.ts";

/** Accounts of a machine that say nothing about who uses it. */
const shared = new Set(["root", "admin", "prod", "dev", "production"]);

/**
 * The stage that the SST CLI would choose (recorded: cmd/sst/cli/cli.go of SST): that of SST_STAGE, else
 * the one that it remembers in `.sst/stage`, else the user's name; undefined where it would ask.
 */
export function personalStage(
  env: NodeJS.ProcessEnv,
  folder: string,
  username = os.userInfo().username,
): string | undefined {
  const remembered = textOf(path.join(folder, ".sst", "stage")).trim();
  const guessed = username.toLowerCase().replaceAll(/[^a-z0-9-]/g, "");
  const guess = shared.has(guessed) ? undefined : guessed;
  return env["SST_STAGE"] || remembered || guess || undefined;
}
