/** How another command finds the local cloud that runs in an app's folder. */
import fs from "node:fs";
import path from "node:path";
import * as z from "zod";
import { isRunning } from "./run-folder.ts";
import { openProject } from "./sst/project.ts";

const runningCloudSchema = z.object({
  pid: z.int().positive(),
  stage: z.string(),
  apiUrl: z.url(),
  awsUrl: z.url(),
  consoleUrl: z.url(),
});

/** Where a local cloud answers that was started from the command line. */
export type RunningCloud = z.infer<typeof runningCloudSchema>;

const fileOf = (cloudFolder: string) => path.join(cloudFolder, "running.json");

/** Makes this process's local cloud the one that is found; the function takes it back. */
export function announceCloud(cloudFolder: string, cloud: RunningCloud): () => void {
  const file = fileOf(cloudFolder);
  fs.mkdirSync(cloudFolder, { recursive: true, mode: 0o700 });
  fs.writeFileSync(file, JSON.stringify(cloud), { mode: 0o600 });
  return () => {
    if (read(file)?.pid === cloud.pid) fs.rmSync(file, { force: true });
  };
}

/** The local cloud that runs in the app's folder, if one does. */
export function findRunningCloud(projectFolder: string): RunningCloud | undefined {
  const cloud = read(fileOf(openProject(projectFolder).cloudFolder));
  return cloud && isRunning(cloud.pid) ? cloud : undefined;
}

function read(file: string): RunningCloud | undefined {
  if (!fs.existsSync(file)) return undefined;
  return runningCloudSchema.safeParse(JSON.parse(fs.readFileSync(file, "utf8"))).data;
}
