/** A whole run: prepares what the wanted parts need, measures them, and gives what was found. */
import os from "node:os";
import path from "node:path";
import { ensurePlatform, type Terminal } from "@secure-lambda/local";
import type { ShippedFunctions } from "./rows/rows.ts";
import { copyRoomyApp } from "./fixture/unthrottled-app.ts";
import { shipFunction } from "./fixture/deployed-functions.ts";
import { buildPeers, installPeer, installPeers } from "./fixture/install.ts";
import { withLab } from "./fixture/prepare.ts";
import { runCloudPart, runColdPart, runWarmPart } from "./measure/parts.ts";
import { planOf } from "./measure/plan.ts";
import { withStep } from "./support/progress.ts";
import type { BenchResults, Section } from "./measure/results.ts";

/** What to measure. */
export interface BenchOptions {
  readonly only: readonly Section[];
  readonly quick: boolean;
  /** How often each candidate is started, unless as often as the plan says. */
  readonly runs?: number | undefined;
  readonly terminal: Terminal;
  /** Ends the run at the next step of its progress. */
  readonly signal: AbortSignal;
}

type Found = Pick<BenchResults, "zips" | "cold" | "warm" | "heap">;

const bench = import.meta.dirname;

/** Runs the benchmark. Leaves no process, and no file outside of `bench/` but SST's platform. */
export async function runBench(options: BenchOptions): Promise<BenchResults> {
  const { only, quick, runs } = options;
  const context = { ...options, bench, plan: planOf({ quick, runs }) };
  const startedAt = new Date().toISOString();
  const machine = {
    node: process.versions.node,
    cpu: os.cpus()[0]?.model.trim() ?? "unknown",
    cores: os.availableParallelism(),
  };
  await ensurePlatform(path.join(bench, ".."), options.terminal, options.signal);
  const copy = copyRoomyApp();
  try {
    const functions = await measureFunctions(copy.folder, context);
    const cloud = only.includes("cloud")
      ? await runCloudPart(copy.folder, await installPeer(context), context)
      : {};
    return { startedAt, machine, quick, ...functions, ...cloud };
  } finally {
    copy.remove();
  }
}

/** What the parts that measure functions found; nothing is prepared when neither is wanted. */
async function measureFunctions(
  project: string,
  context: BenchOptions & Parameters<typeof runColdPart>[1] & { readonly bench: string },
): Promise<Found> {
  const { only, signal } = context;
  if (!only.includes("cold") && !only.includes("warm")) return { zips: {} };
  await installPeers(context);
  const built = await buildPeers(context);
  const ship = (name: keyof ShippedFunctions, from: string) =>
    withStep(context, `Deploying ${name} to a local cloud`, () =>
      shipFunction(from, { folder: path.join(built, name), signal }),
    );
  const withCache = copyRoomyApp();
  const shipped = {
    ours: await ship("ours", project),
    "ours-code-cache": await ship("ours-code-cache", withCache.folder).finally(() =>
      withCache.remove(),
    ),
  };
  return withLab({ shipped, built }, async (lab) => ({
    zips: Object.fromEntries(lab.candidates.map(({ name, zipBytes }) => [name, zipBytes])),
    ...(only.includes("cold") ? await runColdPart(lab, context) : {}),
    ...(only.includes("warm") ? await runWarmPart(lab, context) : {}),
  }));
}
