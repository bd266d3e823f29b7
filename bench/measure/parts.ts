/** The parts of a run, each with its progress. */
import { createSlowDown } from "../harness/slow-down.ts";
import { measureCloud } from "../local-cloud/measure-cloud.ts";
import { measureCold } from "./cold.ts";
import { measureHeap } from "./heap.ts";
import type { Lab } from "../fixture/fixture.ts";
import { measureServerlessOffline } from "../local-cloud/serverless-offline.ts";
import { measureWarm, type WarmRow } from "./warm.ts";
import type { Plan } from "./plan.ts";
import { withStep, type Progress } from "../support/progress.ts";
import type { BenchResults } from "./results.ts";

/** What every part is given. */
export interface PartContext extends Progress {
  readonly plan: Plan;
}

type Part<Key extends keyof BenchResults> = Promise<Required<Pick<BenchResults, Key>>>;

/** As many users call in turn, as a warm environment may see them; all of them hold one token each. */
const CALLERS = 50;

/** Cold starts of every candidate. */
export function runColdPart(lab: Lab, context: PartContext): Part<"cold"> {
  const { runs } = context.plan;
  return withStep(context, "Cold starts", async (update) => {
    const slowDown = createSlowDown(lab.memoryMb);
    try {
      const onRun = (run: number) => update(`${run} of ${runs}`);
      const candidates = await measureCold(lab, { runs, slowDown, onRun });
      const { memoryMb } = lab;
      return { cold: { runs, memoryMb, means: slowDown.means, candidates } };
    } finally {
      await slowDown.close();
    }
  });
}

/** Warm requests of every candidate; ours with ever new tokens as well; then its heap. */
export async function runWarmPart(lab: Lab, context: PartContext): Part<"warm" | "heap"> {
  const { warm: plan, heapRequests: requests } = context.plan;
  const tokens = lab.tokens.slice(0, CALLERS);
  const rows = lab.candidates.flatMap((candidate): WarmRow[] => {
    const row = { candidate, label: candidate.name, tokens };
    // Once it is warm, a code cache makes no difference.
    if (candidate.name === "ours-code-cache") return [];
    if (candidate.name !== "ours") return [row];
    return [row, { candidate, label: "ours, each token new", tokens: lab.tokens }];
  });
  const warm = await withStep(context, "Warm requests", async (update) => ({
    rows: await measureWarm(lab, rows, { ...plan, onStep: update }),
  }));
  const heap = await withStep(context, "Heap", async (update) => {
    const ours = lab.candidates.find(({ name }) => name === "ours");
    const onSample = (sent: number) => update(`${sent} of ${requests} requests`);
    const samples = ours === undefined ? [] : await measureHeap(lab, ours, { requests, onSample });
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
