/** The registry of running local clouds, by which other commands find them. */
import fs from "node:fs";
import path from "node:path";
import * as z from "zod";
import { listRunDirectories } from "./run-directory.ts";
import { openProject } from "../sst/project.ts";

const runningCloudSchema = z.object({
  stage: z.string(),
  apiUrl: z.url(),
  awsUrl: z.url(),
  consoleUrl: z.url(),
});

/** The endpoints of a local cloud that was started from the command line. */
export type RunningCloud = z.infer<typeof runningCloudSchema>;

const fileName = "cloud.json";

/** Registers the local cloud of a run, until its directory is removed. */
export function registerCloud(runDirectory: string, cloud: RunningCloud): void {
  const file = path.join(runDirectory, fileName);
  // In one step: another command may read it at this moment.
  const whole = `${file}.whole`;
  fs.writeFileSync(whole, JSON.stringify(cloud), { mode: 0o600 });
  fs.renameSync(whole, file);
}

/** The local clouds that run in the app's folder, the one that was ready last first. */
export function findRunningClouds(projectFolder: string): RunningCloud[] {
  return listRunDirectories(openProject(projectFolder).cloudFolder)
    .filter(({ running }) => running)
    .flatMap(({ path: folder }) => read(path.join(folder, fileName)) ?? [])
    .toSorted((one, other) => other.readyAt - one.readyAt)
    .map(({ cloud }) => cloud);
}

/** Undefined for a cloud that is not ready yet, or has just ended. */
function read(file: string): { cloud: RunningCloud; readyAt: number } | undefined {
  try {
    const readyAt = fs.statSync(file).mtimeMs;
    return { readyAt, cloud: runningCloudSchema.parse(JSON.parse(fs.readFileSync(file, "utf8"))) };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
