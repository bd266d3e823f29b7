/** Installs SST's platform (component sources and their packages), once per app and SST version. */
import fs from "node:fs";
import path from "node:path";
import * as z from "zod";
import { runSst } from "./cli.ts";
import { shieldFromFiles } from "./env-files.ts";
import type { Project } from "./project.ts";

const lock = z.array(z.object({ name: z.string(), version: z.string() }));

/** Whether `sst install` ran to its end for the versions of SST and of the providers that the app has. */
export function isPlatformInstalled(project: Project): boolean {
  const version = path.join(project.platform, "version");
  if (!fs.existsSync(version) || !fs.existsSync(completionMark(project))) return false;
  if (fs.readFileSync(version, "utf8") !== project.sstVersion) return false;
  const config = fs.readFileSync(path.join(project.root, "sst.config.ts"), "utf8");
  const locked = lock.safeParse(readJson(completionMark(project))).data;
  return locked?.every((it) => (versionIn(config, it.name) ?? it.version) === it.version) === true;
}

/** `NAME: "1.2.3"` or `NAME: { version: "1.2.3" }`; undefined where the config computes it. */
function versionIn(config: string, provider: string): string | undefined {
  const named = `\\b${provider}["']?: *(?:\\{[^}]*?\\bversion: *)?["'](\\d[^"']*)["']`;
  return new RegExp(named).exec(config)?.[1];
}

/** Undefined for a file that holds no JSON. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
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
