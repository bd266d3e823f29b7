/** A whole run: prepares what the wanted parts need, measures them, and gives what was found. */
import os from "node:os";
import path from "node:path";
import { ensurePlatform, type Terminal } from "@secure-lambda/local/command-line";
import { findChromium } from "../scripts/support/chromium.ts";
import { deployVariants } from "./fixture/deploy-variants.ts";
import { buildPeers, installPeers, installServerlessOffline } from "./fixture/install.ts";
import { copyUnthrottledApp } from "./fixture/unthrottled-app.ts";
import { withFixture } from "./fixture/with-fixture.ts";
import {
  runCloudPart,
  runColdPart,
  runConsolePart,
  runWarmPart,
  type PartContext,
} from "./measure/parts.ts";
import { planOf } from "./measure/plan.ts";
import type { BenchResults, Section } from "./measure/results.ts";
import { withStep } from "./support/progress.ts";

/** What to measure. */
export interface BenchOptions {
  readonly only: readonly Section[];
  readonly quick: boolean;
  /** How often each row is started, unless as often as the plan says. */
  readonly runs?: number | undefined;
  /** Milliseconds of a round trip to AWS, where there is one. */
  readonly roundTripMs: number;
  readonly terminal: Terminal;
  /** Ends the run at the next step of its progress. */
  readonly signal: AbortSignal;
}

interface RunContext extends BenchOptions, PartContext {
  /** The folder of the benchmark. */
  readonly bench: string;
}

type FunctionResults = Pick<BenchResults, "archives" | "cold" | "warm" | "heap">;

const bench = import.meta.dirname;

/** Runs the benchmark. Leaves no process, and no file outside of `bench/` but SST's platform. */
export async function runBench(options: BenchOptions): Promise<BenchResults> {
  const { quick, runs, roundTripMs } = options;
  const context = { ...options, bench, plan: planOf({ quick, runs }) };
  if (options.only.includes("console")) findChromium();
  const startedAt = new Date().toISOString();
  const machine = {
    node: process.versions.node,
    cpu: os.cpus()[0]?.model.trim() ?? "unknown",
    cores: os.availableParallelism(),
  };
  await ensurePlatform(path.join(bench, ".."), options.terminal, options.signal);
  const functions = await measureFunctions(context);
  const cloud = await measureLocalCloud(context);
  return { startedAt, machine, quick, roundTripMs, ...functions, ...cloud };
}

/** What the parts that measure functions found; nothing is prepared when neither is wanted. */
async function measureFunctions(context: RunContext): Promise<FunctionResults> {
  const { only, signal, roundTripMs } = context;
  if (!only.includes("cold") && !only.includes("warm")) return { archives: {} };
  await installPeers(context);
  const built = await buildPeers(context);
  const deployed = await withStep(context, "Deploying every variant to a local cloud", () =>
    deployVariants({ folder: built, signal }),
  );
  return withFixture({ deployed, built, roundTripMs }, async (fixture) => ({
    archives: Object.fromEntries(fixture.rows.map(({ name, zipBytes }) => [name, zipBytes])),
    ...(only.includes("cold") ? await runColdPart(fixture, context) : {}),
    ...(only.includes("warm") ? await runWarmPart(fixture, context) : {}),
  }));
}

async function measureLocalCloud(
  context: RunContext,
): Promise<Pick<BenchResults, "cloud" | "console">> {
  const { only } = context;
  if (!only.includes("cloud") && !only.includes("console")) return {};
  const copy = copyUnthrottledApp();
  try {
    return {
      ...(only.includes("cloud") && (await measureCloudAndPeer(copy.folder, context))),
      ...(only.includes("console") && (await runConsolePart(copy.folder, context))),
    };
  } finally {
    copy.remove();
  }
}

async function measureCloudAndPeer(project: string, context: RunContext) {
  const peer = context.plan.cloud.peer
    ? await installServerlessOffline(context)
    : { reason: "left out of a quick run" };
  return runCloudPart(project, peer, context);
}
