/** Rehearses a deployment: the real `sst deploy`, offline, on a local cloud that is then stopped. */
import { startLocalCloud, type DeployOptions, type GraphResource } from "@secure-lambda/local";
import { checkStageFile, ensurePlatform, type Terminal } from "@secure-lambda/local/command-line";
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

/**
 * The resources that a first `sst deploy --stage STAGE` creates, their outputs resolved to values of
 * the local cloud. Writes to `.sst`, `.local-cloud` and the type files `sst-env.d.ts`, as every SST
 * command does, and reaches nothing outside this machine, except npm to install SST's platform.
 * @throws EnvFileError for what `.env.STAGE` may not set; CommandError for type errors in stacks or packages;
 * SstFailedError with what the SST CLI printed; the signal's reason when aborted.
 */
export async function rehearse(rehearsal: Rehearsal): Promise<readonly GraphResource[]> {
  const { project, stage, region, terminal, signal } = rehearsal;
  checkStageFile(project, stage);
  await ensurePlatform(project, terminal, signal);
  const label = "types of the infrastructure and the functions";
  await showing(terminal, label, () => checkAppTypes(signal, project));
  const onWait = (what: string) => terminal.line(`    ${what}`);
  const graph = await showing(terminal, `sst deploy --stage ${stage}, offline`, () =>
    deployOffline({ project, region }, { stage, onWait, signal }),
  );
  signal.throwIfAborted();
  return graph;
}

async function deployOffline(
  where: Pick<Rehearsal, "project" | "region">,
  deployment: DeployOptions,
) {
  const cloud = await startLocalCloud(where);
  try {
    await cloud.deploy(deployment);
    return cloud.graph(deployment.stage);
  } finally {
    await cloud.stop();
  }
}

async function showing<T>(terminal: Terminal, label: string, run: () => Promise<T>): Promise<T> {
  const step = terminal.step(label);
  try {
    const result = await run();
    step.done();
    return result;
  } catch (error) {
    step.failed();
    throw error;
  }
}
