/** The stages under test, deployed once by the real SST CLI to one local cloud. */
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import { afterAll, beforeAll } from "vitest";
import { settingsFor, type StageSettings } from "../../../stacks/settings/settings.ts";
import type { Call } from "../../support/deploy-role/call.ts";
import { graphOf, type Graph } from "../../support/graph.ts";
import { readSharedGraph } from "../../support/shared-app.ts";

/** A stage under test. */
export interface DeployedStage {
  readonly stage: string;
  readonly settings: StageSettings;
  /** Its graph, once it is deployed. */
  readonly graph: () => Graph;
}

/** The local cloud and what the CLI printed, once the stages are deployed. */
export interface Deployment {
  readonly cloud: () => LocalCloud;
  readonly output: readonly string[];
  /** The calls of AWS by the SST CLI. */
  readonly calls: readonly Call[];
  readonly of: (stage: string) => DeployedStage;
}

/** Stage `local` of the app that test files share. */
export function sharedStage(): DeployedStage {
  let graph: Graph | undefined;
  beforeAll(async () => {
    graph = graphOf(await readSharedGraph());
  });
  return {
    stage: "local",
    settings: settingsFor("local"),
    graph() {
      if (graph === undefined) throw new Error("The shared app is not deployed yet.");
      return graph;
    },
  };
}

/** Deploys stages from a folder before the tests of a file, and stops the cloud after them. */
export function deployStages(stages: readonly string[], project: string): Deployment {
  let cloud: LocalCloud | undefined;
  const output: string[] = [];
  const calls: Call[] = [];
  beforeAll(async () => {
    cloud = await startLocalCloud({
      project,
      keepsUnsupported: true,
      beforeAuthorize: ({ service, operation, resource }) =>
        void calls.push({ action: `${service}:${operation}`, resource }),
    });
    for (const stage of stages) {
      await cloud.deploy({ stage, onLine: (line) => output.push(line) });
    }
  });
  afterAll(() => cloud?.stop());
  const running = () => {
    if (cloud === undefined) throw new Error("Nothing is deployed yet.");
    return cloud;
  };
  return {
    cloud: running,
    output,
    calls,
    of: (stage) => ({
      stage,
      settings: settingsFor(stage),
      graph: () => graphOf(running().graph(stage)),
    }),
  };
}
