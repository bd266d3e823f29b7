/** A local cloud to which a test deploys resources without the SST CLI. */
import { createDeployments } from "../../src/deployments/deployments.ts";
import type { Applied } from "../../src/deployments/protocol.ts";
import { allResources } from "../../src/all-resources.ts";
import { createInvokeData } from "../../src/services/iam/resources/data-sources.ts";
import type { Limitation } from "../../src/provider/limitations.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";
import { zipOf } from "../services/lambda/lambda-harness.ts";

const stage = "test";

/** Registers one resource and answers with what it came out as. */
export type Declare = (
  type: string,
  name: string,
  inputs: Record<string, unknown>,
) => Promise<Applied>;

/** A program: what it declares stands afterwards, and nothing else does. */
export type Program = (declare: Declare) => Promise<unknown>;

/** A local cloud without its command line. */
export interface DeployableCloud extends StartedCloud {
  /** The types of resources that are supported. */
  readonly types: readonly string[];
  /** Deploys a program; gives what became of each resource. */
  deploy(program: Program): Promise<ReadonlyMap<string, Applied>>;
  /** Removes everything. */
  destroy(): Promise<void>;
  limitations(): readonly Limitation[];
  /** Writes a function's code, whose bundle.mjs is `source`; gives its path. */
  zip(source: string): Promise<string>;
}

/** Starts a cloud that goes by the machine's clock. */
export async function startDeployableCloud(): Promise<DeployableCloud> {
  const cloud = await startTestCloud({ now: Date.now });
  const types = allResources(cloud);
  const deployments = createDeployments(types, createInvokeData(cloud.environment));

  return {
    ...cloud,
    types: types.map(({ type }) => type),
    async deploy(program) {
      const applied = new Map<string, Applied>();
      deployments.begin(stage);
      await program(async (type, name, inputs) => {
        const result = await deployments.apply({
          urn: `urn:pulumi:${stage}::app::${type}::${name}`,
          type,
          name,
          parent: "",
          custom: true,
          ignoreChanges: [],
          dependencies: {},
          inputs,
        });
        applied.set(name, result);
        return result;
      });
      await deployments.complete();
      return applied;
    },
    async destroy() {
      deployments.begin(stage);
      await deployments.destroy();
    },
    limitations: () => deployments.limitations(stage),
    zip: (source) => zipOf(cloud.folder, { "bundle.mjs": source }),
  };
}
