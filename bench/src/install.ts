/** Installs what the benchmark needs beside the product, on first use, and builds the peers. */
import fs from "node:fs";
import path from "node:path";
import { runInGroup } from "@secure-lambda/local";
import type { Plan } from "./plan.ts";
import { withStep, type Progress } from "./progress.ts";

interface Installation extends Progress {
  /** The folder of the benchmark. */
  readonly bench: string;
}

/** Installs the peers' packages. @throws Error with what npm said. */
export async function installPeers(installation: Installation): Promise<void> {
  await install(installation, installation.bench, "Installing the peers, for the first time");
}

/** Installs serverless-offline; its folder, or why it is not measured. */
export async function installPeer(
  installation: Installation & { readonly plan: Plan },
): Promise<{ readonly folder: string } | { readonly reason: string }> {
  if (!installation.plan.cloud.peer) return { reason: "left out of a quick run" };
  const folder = path.join(installation.bench, "serverless-offline");
  try {
    await install(installation, folder, "Installing serverless-offline, for the first time");
    return { folder };
  } catch (error) {
    installation.signal.throwIfAborted();
    return { reason: `could not be installed: ${error instanceof Error ? error.message : ""}` };
  }
}

/** Builds the peers and the bootstrap; the folder that holds them. @throws Error with what the bundler said. */
export async function buildPeers(installation: Installation): Promise<string> {
  const { bench } = installation;
  const args = [path.join(bench, "peers/build.ts")];
  await run(installation, "Building the peers", { command: process.execPath, args, cwd: bench });
  return path.join(bench, ".build");
}

/** What is installed is from the lock file, unless that is newer. */
async function install(progress: Progress, cwd: string, label: string): Promise<void> {
  const made = fs.statSync(path.join(cwd, "node_modules/.package-lock.json"), {
    throwIfNoEntry: false,
  });
  const lock = fs.statSync(path.join(cwd, "package-lock.json"));
  if (made !== undefined && made.mtimeMs >= lock.mtimeMs) return;
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run(progress, label, { command: "npm", args, cwd });
}

function run(
  progress: Progress,
  label: string,
  command: { readonly command: string; readonly args: readonly string[]; readonly cwd: string },
): Promise<void> {
  return withStep(progress, label, async () => {
    const printed: string[] = [];
    const code = await runInGroup({
      ...command,
      env: process.env,
      onLine: (line) => printed.push(line),
      signal: progress.signal,
    });
    if (code !== 0) throw new Error(printed.join("\n"));
  });
}
