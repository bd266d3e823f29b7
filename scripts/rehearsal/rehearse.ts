/** Rehearses a deployment: the real `sst deploy`, offline, on a local cloud that is then stopped. */
import {
  startLocalCloud,
  type DeployOptions,
  type GraphResource,
  type InertPart,
} from "@secure-lambda/local";
import { checkStageFile, ensurePlatform, type Terminal } from "@secure-lambda/local/command-line";
import { showing } from "../support/showing.ts";
import { checkAppTypes } from "../support/type-check.ts";

/** What to rehearse. */
export interface Rehearsal {
  /** The folder of `sst.config.ts`. */
  readonly project: string;
  readonly stage: string;
  /** The Region of the stage. */
  readonly region: string;
  /** Shows the progress. */
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** What a rehearsal has found. */
export interface Rehearsed {
  /** The resources that a first deployment creates, their outputs resolved to values of the local cloud. */
  readonly graph: readonly GraphResource[];
  /** What the local cloud does not support: recorded in the graph, not applied. */
  readonly inert: readonly InertPart[];
}

/**
 * Rehearses a first `sst deploy --stage STAGE`. Writes to `.sst`, `.local-cloud` and the type files `sst-env.d.ts`, as every SST
 * command does, and reaches nothing outside this machine, except npm to install SST's platform.
 * @throws EnvFileError for what `.env.STAGE` may not set; CommandError for type errors in stacks or packages;
 * SstFailedError with what the SST CLI printed; the signal's reason when aborted.
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed> {
  const { project, stage, region, terminal, signal } = rehearsal;
  checkStageFile(project, stage);
  await ensurePlatform(project, terminal, signal);
  const label = "types of the infrastructure and the functions";
  await showing(terminal, label, () => checkAppTypes(signal, project));
  const onWait = (what: string) => terminal.line(`    ${what}`);
  const rehearsed = await showing(terminal, `sst deploy --stage ${stage}, offline`, () =>
    deployOffline({ project, region }, { stage, onWait, signal }),
  );
  signal.throwIfAborted();
  return rehearsed;
}

async function deployOffline(
  where: Pick<Rehearsal, "project" | "region">,
  deployment: DeployOptions,
): Promise<Rehearsed> {
  const cloud = await startLocalCloud({ ...where, keepsUnsupported: true });
  try {
    await cloud.deploy(deployment);
    const { stage } = deployment;
    return { graph: cloud.graph(stage), inert: cloud.inertParts(stage) };
  } finally {
    await cloud.stop();
  }
}
