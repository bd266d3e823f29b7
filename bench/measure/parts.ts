/** The parts of a run, each with its progress. */
import type { Fixture } from "../fixture/fixture.ts";
import { createSlowDown } from "../harness/slow-down.ts";
import { measureConsole } from "../local-cloud/console-page.ts";
import { measureCloud } from "../local-cloud/measure-cloud.ts";
import { measureServerlessOffline } from "../local-cloud/serverless-offline.ts";
import type { RowName } from "../rows/rows.ts";
import { withStep, type Progress } from "../support/progress.ts";
import { measureCold } from "./cold.ts";
import { measureHeap } from "./heap.ts";
import type { Plan } from "./plan.ts";
import type { BenchResults } from "./results.ts";
import { measureWarm } from "./warm.ts";

/** What every part is given. */
export interface PartContext extends Progress {
  readonly plan: Plan;
}

type Part<Key extends keyof BenchResults> = Promise<Required<Pick<BenchResults, Key>>>;

/** What differs from its neighbours in its start only. */
const coldOnly: readonly RowName[] = ["initTasks", "sdkShims"];

/** Cold starts of every row. */
export function runColdPart(fixture: Fixture, context: PartContext): Part<"cold"> {
  const { runs } = context.plan;
  return withStep(context, "Cold starts", async (update) => {
    const slowDown = createSlowDown(fixture.memoryMb);
    try {
      const onRun = (run: number) => update(`${run} of ${runs}`);
      const rows = await measureCold(fixture, { runs, slowDown, onRun });
      const { memoryMb } = fixture;
      return { cold: { runs, memoryMb, means: slowDown.means, rows } };
    } finally {
      await slowDown.close();
    }
  });
}

/** Warm requests, then the heap of what is shipped. */
export async function runWarmPart(fixture: Fixture, context: PartContext): Part<"warm" | "heap"> {
  const { warm: plan, heapRequests: requests } = context.plan;
  const rows = fixture.rows.filter(({ name }) => !coldOnly.includes(name));
  const warm = await withStep(context, "Warm requests", (onStep) =>
    measureWarm(fixture, rows, { ...plan, onStep }),
  );
  const heap = await withStep(context, "Heap", async (update) => {
    const shipped = fixture.rows.find(({ name }) => name === "shipped");
    const onSample = (sent: number) => update(`${sent} of ${requests} requests`);
    const samples =
      shipped === undefined ? [] : await measureHeap(fixture, shipped, { requests, onSample });
    return { requests, samples };
  });
  return { warm, heap };
}

/** The local cloud, and serverless-offline where it is installed. */
export function runCloudPart(
  project: string,
  peer: { readonly folder: string } | { readonly reason: string },
  context: PartContext,
): Part<"cloud"> {
  const { cloud: plan } = context.plan;
  return withStep(context, "Local cloud", async (onStep) => {
    const { further, ...found } = await measureCloud(project, { ...plan, onStep }, (app, token) => {
      if ("reason" in peer) return Promise.resolve(peer.reason);
      onStep("serverless-offline");
      return measureServerlessOffline(app, token, {
        folder: peer.folder,
        project,
        connections: plan.greetedConnections,
        loadMs: plan.loadMs,
      }).catch((error: unknown) => `did not start: ${String(error)}`);
    });
    return { cloud: { ...found, serverlessOffline: further } };
  });
}

/** The console's page. */
export function runConsolePart(project: string, context: PartContext): Part<"console"> {
  return withStep(context, "Console", async (onStep) => ({
    console: await measureConsole(project, { ...context.plan.console, onStep }),
  }));
}
