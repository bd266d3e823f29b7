/** The deployed app that test files share. */
import type { GraphResource } from "@secure-lambda/local";
import { inject } from "vitest";
import * as z from "zod";
import { createLogGroups } from "../../packages/local/src/services/cloudwatch-logs/log-groups.ts";
import { openApp, type App } from "./deployed-app.ts";

/** The app as one test file sees it. */
export interface SharedApp extends App {
  /** Its resources in the order in which they were applied. */
  readonly graph: readonly GraphResource[];
}

const url = z.url();
const stageSchema = z.object({
  stage: z.string(),
  urls: z.object({ api: url, aws: url, console: url, mailbox: url }),
});
const values = z.record(z.string(), z.unknown());
const graphSchema = z.array(
  z.object({
    urn: z.string(),
    id: z.string(),
    existing: z.boolean(),
    type: z.string(),
    name: z.string(),
    parent: z.string(),
    inputs: values,
    outputs: values,
  }),
);
const eventSchema = z.object({
  group: z.string(),
  stream: z.string(),
  timestamp: z.number(),
  message: z.string(),
});

/** The app's resources, of which nothing can be altered: without waiting for other files. */
export async function readSharedGraph(): Promise<readonly GraphResource[]> {
  return graphSchema.parse(await (await ask("/graph")).json());
}

/**
 * The app, deployed if this file is the first to ask, for one file at a time until `close`. Its logs
 * begin here: the turn before ends when every greeting that its callers had sent is in the log.
 */
export async function useSharedApp(): Promise<SharedApp> {
  const ended = new AbortController();
  const events = (await ask("/turn", { signal: ended.signal })).body;
  if (events === null) throw new Error("The shared app sent no log events.");
  const { stage, urls } = stageSchema.parse(await (await ask("/stage")).json());
  const graph = await readSharedGraph();
  const logs = createLogGroups();
  const copied = copyEvents(events, (line) => logs.write(eventSchema.parse(JSON.parse(line))));
  copied.catch((error: unknown) => {
    if (!ended.signal.aborted) throw error;
  });
  const app = openApp({ stage, urls, logs });
  return {
    ...app,
    graph,
    close() {
      ended.abort();
      app.close();
    },
  };
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`${inject("sharedApp")}${path}`, init);
  if (!response.ok) throw new Error(await response.text());
  return response;
}

async function copyEvents(
  events: ReadableStream<Uint8Array<ArrayBuffer>>,
  copy: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const text of events.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") copy(line);
  }
}
