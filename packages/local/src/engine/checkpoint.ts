/** The stack file from which the SST CLI reads resources and outputs (Pulumi's checkpoint, version 3). */
import fs from "node:fs";
import path from "node:path";
import * as z from "zod";
import { pulumiVersion } from "./version.ts";

/** A resource in the checkpoint. The CLI reads the stack's outputs from the first one. */
export interface CheckpointResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

const stackNameSchema = z
  .string()
  .regex(/^organization\/[^/]+\/[^/]+$/, "expected organization/APP/STAGE");

/** Parses `organization/APP/STAGE`. */
export function parseStackName(name: string): { app: string; stage: string } {
  const [, app = "", stage = ""] = stackNameSchema.parse(name).split("/");
  return { app, stage };
}

/**
 * Writes the stack file below the folder that the CLI runs the engine in. Nothing in it is encrypted,
 * and it names no secrets provider: the CLI would derive that one's key twice, a third of a second each.
 */
export function writeCheckpoint(
  folder: string,
  stack: string,
  resources: CheckpointResource[],
): void {
  const { app, stage } = parseStackName(stack);
  const file = path.join(folder, ".pulumi", "stacks", app, `${stage}.json`);
  const latest = {
    manifest: { time: new Date().toISOString(), magic: "", version: pulumiVersion },
    resources,
  };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { stack, latest } }));
}
