/** A local cloud to which a test deploys resources without the SST CLI. */
import { createDeployments } from "../../src/deployments/deployments.ts";
import type { Applied, Registration } from "../../src/deployments/protocol.ts";
import { allResources } from "../../src/all-resources.ts";
import { readDeclarations } from "../../src/inert/declarations.ts";
import { createPlausibleOutputs } from "../../src/inert/plausible-outputs.ts";
import { keepUnsupported, refuse, type InertPart } from "../../src/inert/unsupported.ts";
import { createInvokeData } from "../../src/services/iam/resources/data-sources.ts";
import type { Limitation } from "../../src/provider/limitations.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";
import { zipOf } from "../services/lambda/lambda-harness.ts";

const stage = "test";

/** Registers one resource, which depends on others, and answers with what it came out as. */
export type Declare = (
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  ...dependsOn: readonly (readonly [type: string, name: string])[]
) => Promise<Applied>;

/** A program: what it declares stands afterwards, and nothing else does. */
export type Program = (declare: Declare) => Promise<unknown>;

/** A local cloud without its command line. */
export interface DeployableCloud extends StartedCloud {
  /** The types of resources that are supported. */
  readonly types: readonly string[];
  /** Deploys a program; gives what became of each resource. */
  deploy(program: Program): Promise<ReadonlyMap<string, Applied>>;
  /** Looks a resource up by its id. */
  lookUp(type: string, name: string, id: string): Promise<Applied>;
  /** Calls for data. */
  invoke(token: string, inputs: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Removes everything. */
  destroy(): Promise<void>;
  limitations(): readonly Limitation[];
  inertParts(): readonly InertPart[];
  /** Writes a function's code, whose bundle.mjs is `source`; gives its path. */
  zip(source: string): Promise<string>;
}

const urnOf = (type: string, name: string) => `urn:pulumi:${stage}::app::${type}::${name}`;

const registrationOf = (type: string, name: string): Registration => ({
  urn: urnOf(type, name),
  type,
  name,
  parent: "",
  custom: true,
  ignoreChanges: [],
  dependencies: {},
  dependsOn: [],
  inputs: {},
});

/**
 * Starts a cloud that goes by the machine's clock, or by one that the test moves; it refuses what it
 * does not support, or keeps it inert.
 */
export async function startDeployableCloud(
  unsupported: "refuse" | "keep" = "refuse",
  clock: "machine" | "test" = "machine",
): Promise<DeployableCloud> {
  const cloud = await startTestCloud(clock === "machine" ? { now: Date.now } : {});
  const { environment } = cloud;
  const types = allResources(cloud);
  const outputsFor = createPlausibleOutputs(environment, readDeclarations(".sst/platform"));
  const deployments = createDeployments(
    types,
    createInvokeData(environment),
    unsupported === "keep" ? keepUnsupported(outputsFor) : refuse,
  );

  return {
    ...cloud,
    types: types.map(({ type }) => type),
    async deploy(program) {
      const applied = new Map<string, Applied>();
      deployments.begin(stage);
      await program(async (type, name, inputs, ...dependsOn) => {
        const result = await deployments.apply({
          ...registrationOf(type, name),
          inputs,
          dependsOn: dependsOn.map((other) => urnOf(...other)),
        });
        applied.set(name, result);
        return result;
      });
      await deployments.complete();
      return applied;
    },
    async lookUp(type, name, existingId) {
      deployments.begin(stage);
      return deployments.apply({ ...registrationOf(type, name), existingId });
    },
    invoke(token, inputs) {
      deployments.begin(stage);
      return deployments.invoke(token, inputs);
    },
    async destroy() {
      deployments.begin(stage);
      await deployments.destroy();
    },
    limitations: () => deployments.limitations(stage),
    inertParts: () => deployments.inertParts(stage),
    zip: (source) => zipOf(cloud.folder, { "bundle.mjs": source }),
  };
}
