/** Global setup: one deployed app for every test file that asks for it, deployed when the first does. */
import type { TestProject } from "vitest/node";
import { listen } from "../../packages/local/src/http/listen.ts";
import { deployApp, type DeployedApp } from "./deployed-app.ts";
import type { ReadableLogs } from "./log-lines.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where `useSharedApp` asks. */
    sharedApp: string;
  }
}

/** Offers the app to a project's tests; what it returns stops it. */
export default async function shareApp(project: TestProject): Promise<() => Promise<void>> {
  let deployment: Promise<DeployedApp> | undefined;
  const listener = await listen(async ({ url }) => {
    deployment ??= deployApp();
    try {
      return answer(await deployment, new URL(url).pathname);
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  }, 0);
  project.provide("sharedApp", listener.url);
  return async () => {
    await listener.close();
    await deployment?.then(
      (app) => app.stop(),
      () => undefined, // every file that asked was told
    );
  };
}

function answer({ stage, urls, logs, cloud }: DeployedApp, path: string): Response {
  switch (path) {
    case "/stage":
      return Response.json({ stage, urls });
    case "/graph":
      return Response.json(cloud.graph(stage));
    case "/log-events":
      return new Response(follow(logs));
    default:
      return new Response(`There is no ${path}.`, { status: 404 });
  }
}

/** Every event from now on, a line of JSON each, after a line that is empty: by then it listens. */
function follow(logs: ReadableLogs): ReadableStream<Uint8Array> {
  let unsubscribe: (() => void) | undefined;
  const lines = new ReadableStream<string>({
    start(controller) {
      controller.enqueue("\n");
      unsubscribe = logs.subscribe((event) => controller.enqueue(`${JSON.stringify(event)}\n`));
    },
    cancel: () => unsubscribe?.(),
  });
  return lines.pipeThrough(new TextEncoderStream());
}
