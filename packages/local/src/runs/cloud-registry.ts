/** How another command finds the local clouds that run in an app's folder. */
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

/** Where a local cloud answers that was started from the command line. */
export type RunningCloud = z.infer<typeof runningCloudSchema>;

const fileName = "cloud.json";

/** Lets other commands find the local cloud of a run, until its folder is removed. */
export function announceCloud(runDirectory: string, cloud: RunningCloud): void {
  fs.writeFileSync(path.join(runDirectory, fileName), JSON.stringify(cloud), { mode: 0o600 });
}

/** The local clouds that run in the app's folder, the one that was ready last first. */
export function findRunningClouds(projectFolder: string): RunningCloud[] {
  return listRunDirectories(openProject(projectFolder).cloudFolder)
    .filter(({ running }) => running)
    .map(({ path: folder }) => path.join(folder, fileName))
    .filter((file) => fs.existsSync(file))
    .toSorted((one, other) => fs.statSync(other).mtimeMs - fs.statSync(one).mtimeMs)
    .map((file) => runningCloudSchema.parse(JSON.parse(fs.readFileSync(file, "utf8"))));
}
