/** Deploys a stage, if a rehearsal of it breaks no rule. */
import type { GraphResource } from "@secure-lambda/local";
import type { Terminal } from "@secure-lambda/local/command-line";
import type { Violation } from "../../stacks/policy/index.ts";
import { showViolations } from "./violations.ts";

/** What a deployment needs. */
export interface DeployDeps {
  readonly rehearse: () => Promise<readonly GraphResource[]>;
  readonly checkGraph: (graph: readonly GraphResource[]) => readonly Violation[];
  /** Runs the app's SST CLI with these arguments against AWS; its exit code. */
  readonly runSst: (args: readonly string[]) => Promise<number>;
  readonly terminal: Terminal;
}

/**
 * Rehearses, checks the graph with every rule, and only then runs `sst deploy --stage STAGE` with
 * the further arguments. The exit code: 1 when a rule is broken, else SST's.
 * @throws what `rehearse` throws; AWS has not been touched then.
 */
export async function deployStage(
  stage: string,
  further: readonly string[],
  { rehearse, checkGraph, runSst, terminal }: DeployDeps,
): Promise<number> {
  const violations = checkGraph(await rehearse());
  showViolations(terminal, violations);
  if (violations.length > 0) {
    terminal.line("Nothing was deployed.");
    return 1;
  }
  return runSst(["deploy", "--stage", stage, ...further]);
}
