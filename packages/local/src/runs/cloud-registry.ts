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
