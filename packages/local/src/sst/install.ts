/** Installs SST's platform (component sources and their packages), once per app and SST version. */
import fs from "node:fs";
import path from "node:path";
import { runSst } from "./cli.ts";
import { shieldFromFiles } from "./env-files.ts";
import type { Project } from "./project.ts";

/** Whether `sst install` ran to its end for the version of SST that the app has. */
export function isPlatformInstalled(project: Project): boolean {
  const version = path.join(project.platform, "version");
  if (!fs.existsSync(version) || !fs.existsSync(completionMark(project))) return false;
  return fs.readFileSync(version, "utf8") === project.sstVersion;
}

interface InstallOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/** `sst install` evaluates sst.config.ts for a stage, whichever. */
const stage = "local";

/** Runs `sst install`, which takes about a minute. @throws SstFailedError; EnvFileError */
export async function installPlatform(project: Project, options: InstallOptions): Promise<void> {
  // SST writes its lock file last: without it, an installation that was interrupted shows as such.
  fs.rmSync(completionMark(project), { force: true });
  await runSst(project, {
    args: ["install"],
    env: {
      ...shieldFromFiles(options.env, project.root, stage),
      SST_STAGE: stage,
      // Its packages follow no lock file of ours; none of them needs its install script (tried).
      NPM_CONFIG_IGNORE_SCRIPTS: "true",
    },
    signal: options.signal,
  });
}

function completionMark(project: Project): string {
  return path.join(project.root, ".sst", "provider-lock.json");
}
