/** Global setup: one deployed app for every test file that asks for it, deployed when the first does. */
import type { TestProject } from "vitest/node";
import { listen } from "../../packages/local/src/http/listen.ts";
import { deployApp, type DeployedApp } from "./deployed-app.ts";
import { watchMessages } from "./messages-under-way.ts";
import { namesOf } from "../../stacks/settings/names.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where `useSharedApp` asks. */
    sharedApp: string;
  }
}

/** Offers the app to a project's tests; what it returns stops it. */
export default async function shareApp(project: TestProject): Promise<() => Promise<void>> {
  let deployment: Promise<DeployedApp> | undefined;
  let lastTurn = Promise.resolve();
  /** Waits for every turn before; what it resolves to ends this one. */
  const takeTurn = async () => {
    const before = lastTurn;
    const { promise, resolve } = Promise.withResolvers<void>();
    lastTurn = promise;
    await before;
    return resolve;
  };
  const listener = await listen(async ({ url, signal }) => {
    deployment ??= deployApp();
    try {
      const app = await deployment;
      const { pathname } = new URL(url);
      if (pathname !== "/turn") return answer(app, pathname);
      const endTurn = await takeTurn();
      if (signal.aborted) endTurn();
      return new Response(follow(app, endTurn));
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

function answer({ stage, urls, cloud }: DeployedApp, path: string): Response {
  switch (path) {
    case "/stage":
      return Response.json({ stage, urls });
    case "/graph":
      return Response.json(cloud.graph(stage));
    default:
      return new Response(`There is no ${path}.`, { status: 404 });
  }
}

/**
 * A turn with the app: every event from now on, a line of JSON each, after a line that is empty, by
 * which it listens. It lasts until nobody reads any more, and what was sent is handled: no line of it
 * comes in the next turn.
 */
function follow(
  { cloud, logs, stage }: DeployedApp,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  let unsubscribe: (() => void) | undefined;
  const consumer = namesOf(stage).resource("InternalLambda");
  const untilHandled = watchMessages(cloud.requests, consumer);
  const lines = new ReadableStream<string>({
    start(controller) {
      controller.enqueue("\n");
      unsubscribe = logs.subscribe((event) => controller.enqueue(`${JSON.stringify(event)}\n`));
    },
    async cancel() {
      unsubscribe?.();
      await untilHandled();
      onEnd();
    },
  });
  return lines.pipeThrough(new TextEncoderStream());
}
