/** Waits until `sst dev` has deployed the app: polls the server that the CLI runs for its panes. */
import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import type { Project } from "../project.ts";

const POLL_MS = 100;

/**
 * The CLI's last deployment (recorded: `CompleteEvent` in pkg/project of SST). `Old` marks one of an
 * earlier run.
 */
const completedSchema = z
  .object({
    Finished: z.boolean(),
    Old: z.boolean(),
    Errors: z.array(z.unknown()).nullable(),
  })
  .nullable();

/** The file to which the CLI writes its server's URL (recorded: pkg/server of SST). */
export function serverFile(project: Pick<Project, "root">, stage: string): string {
  return path.join(project.root, ".sst", `${stage}.server`);
}

/**
 * Resolves once a deployment has succeeded; after a failed one it waits for the next, as the CLI does.
 * @throws the signal's reason when aborted; ZodError when the CLI answers in another form
 */
export async function untilDeployed(
  project: Pick<Project, "root">,
  stage: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const completed = await askCompleted(serverFile(project, stage), signal);
    if (completed && isGood(completed)) return;
    await delay(POLL_MS, undefined, { signal });
  }
}

function isGood({ Finished, Old, Errors }: Completed): boolean {
  return Finished && !Old && (Errors ?? []).length === 0;
}

type Completed = NonNullable<z.infer<typeof completedSchema>>;

/** Null until the first deployment has ended. */
async function askCompleted(file: string, signal: AbortSignal) {
  if (!fs.existsSync(file)) return null;
  const url = fs.readFileSync(file, "utf8");
  if (!URL.canParse(url)) return null; // The CLI is writing the file.
  const { port } = new URL(url);
  let text: string;
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/completed`, { signal });
    text = await response.text();
  } catch {
    return null; // The CLI writes the file before it listens.
  }
  return completedSchema.parse(JSON.parse(text));
}
