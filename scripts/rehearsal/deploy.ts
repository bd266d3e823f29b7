/** Deploys a stage if a rehearsal of it breaks no rule, and again while it serves what was removed. */
import { userPools } from "@secure-lambda/functions/contract";
import * as z from "zod";
import type { Terminal } from "@secure-lambda/local/command-line";
import type { Graph, StagePurpose, Violation } from "../../stacks/policy/index.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { showFindings } from "../account/ask-account.ts";
import type { Findings } from "../account/questions.ts";
import { showNext } from "../support/next.ts";
import { gapsOf, refuseGaps, showGaps } from "./gaps.ts";
import { viewGraph } from "./graph-view.ts";
import type { Rehearsed } from "./rehearse.ts";
import { summarizeAccount } from "./summary/account.ts";
import { showSummary } from "./summary/index.ts";
import { showViolations } from "./violations.ts";

/** What a deployment needs. */
export interface DeployDeps {
  /** Whether what is inert or unchecked is refused as well. */
  readonly strict: boolean;
  readonly rehearse: () => Promise<Rehearsed>;
  /** Asks the account whether the stage can be deployed to it. */
  readonly askAccount: (graph: Graph) => Promise<Findings>;
  readonly checkGraph: (graph: Graph, stage: StagePurpose) => readonly Violation[];
  /** Runs the app's SST CLI with these arguments against AWS; its exit code. */
  readonly runSst: (args: readonly string[]) => Promise<number>;
  /** The outputs of the deployment that `runSst` has finished. */
  readonly readOutputs: () => unknown;
  readonly terminal: Terminal;
}

const outputsSchema = z.object({ apiStillServes: z.array(z.string()).default([]) });

/**
 * Rehearses, says what was not applied or checked, checks the graph with every rule, says what the
 * account must give, asks the account, and only then runs `sst deploy --stage STAGE` with the further arguments; a
 * second time if API Gateway still serves what was removed, since Pulumi deletes it only after it has
 * deployed the API. The exit code: 1 when a rule is broken, `strict` or the account refuses, or something removed is
 * served in the end, else SST's.
 * @throws what `rehearse` and `askAccount` throw; nothing was created then.
 */
export async function deployStage(
  stage: string,
  further: readonly string[],
  { strict, rehearse, askAccount, checkGraph, runSst, readOutputs, terminal }: DeployDeps,
): Promise<number> {
  const rehearsed = await rehearse();
  const { graph } = rehearsed;
  const settings = settingsFor(stage);
  const gaps = gapsOf(rehearsed, settings);
  showGaps(terminal, gaps);
  const violations = checkGraph(graph, settings);
  showViolations(terminal, violations);
  const isRefused = strict && refuseGaps(terminal, gaps);
  if (violations.length > 0 || isRefused) {
    terminal.line("Nothing was deployed.");
    return 1;
  }
  showSummary(terminal, [summarizeAccount(viewGraph(graph))]);
  const findings = await askAccount(graph);
  showFindings(terminal, findings);
  if (findings.refusals.length > 0) {
    terminal.line("Nothing was deployed.");
    return 1;
  }
  const deploy = () => runSst(["deploy", "--stage", stage, ...further]);
  const code = await deployUntilRemoved(deploy, { readOutputs, terminal });
  if (code === 0) {
    const [pool] = userPools;
    const users = userPools.map((number) => `--user${number} EMAIL`);
    showNext(terminal, "npm run user", [`create EMAIL --pool ${pool} --stage ${stage}`]);
    showNext(terminal, "npm run e2e", [`--stage ${stage}`, ...users]);
  }
  return code;
}

async function deployUntilRemoved(
  deploy: () => Promise<number>,
  { readOutputs, terminal }: Pick<DeployDeps, "readOutputs" | "terminal">,
): Promise<number> {
  const stillServed = () => outputsSchema.parse(readOutputs()).apiStillServes;

  const code = await deploy();
  if (code !== 0 || stillServed().length === 0) return code;
  terminal.line("API Gateway still serves what was removed. Deploying again, without:");
  for (const part of stillServed()) terminal.line(`    ${part}`);
  const secondCode = await deploy();
  if (secondCode !== 0 || stillServed().length === 0) return secondCode;
  terminal.line(`API Gateway still serves ${stillServed().join(", ")}.`);
  return 1;
}
