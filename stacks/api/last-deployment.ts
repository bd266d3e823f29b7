/** What the stage's last deployment left standing, from the state that SST gives Pulumi. */
import fs from "node:fs";
import path from "node:path";
import * as z from "zod";
import type { Registered } from "./snapshot-parts.ts";

/** Whose last deployment. */
interface StackName {
  readonly app: string;
  readonly stage: string;
}

const resourceSchema = z.object({
  urn: z.string(),
  type: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
});

/** Pulumi's checkpoint; that of a new stage has no resources. */
const checkpointSchema = z.object({
  checkpoint: z.object({
    latest: z.object({ resources: z.array(resourceSchema).default([]) }).nullish(),
  }),
});

/**
 * The resources of the last deployment, which may have failed. `env` names the folder in which Pulumi
 * keeps stacks; SST fills it before each run (recorded: pkg/project/run.go of SST).
 * @throws Error when there is no such stack: nothing else tells what was removed.
 */
export function readLastDeployment(
  { PULUMI_BACKEND_URL: backend = "" }: NodeJS.ProcessEnv,
  { app, stage }: StackName,
): readonly Registered[] {
  const folder = /^file:\/\/(.+)$/.exec(backend)?.[1];
  const file = path.join(folder ?? "", ".pulumi/stacks", app, `${stage}.json`);
  if (folder === undefined || !fs.existsSync(file)) {
    throw new Error(
      `The state of the last deployment is not in ${file} of PULUMI_BACKEND_URL "${backend}".`,
    );
  }
  const { latest } = checkpointSchema.parse(JSON.parse(fs.readFileSync(file, "utf8"))).checkpoint;
  const resources = latest?.resources ?? [];
  return resources.map((resource) => ({
    ...resource,
    name: resource.urn.split("::").at(-1) ?? "",
  }));
}
