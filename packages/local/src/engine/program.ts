/**
 * Runs the program that SST built from `sst.config.ts` under the Pulumi SDK's mock monitor: each
 * resource is applied to the local cloud before its outputs are used.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";
import type { Applied, Registration } from "../deployments/protocol.ts";
import { messageOf } from "../errors/error-message.ts";
import type { CheckpointResource } from "./checkpoint.ts";
import type { CloudClient } from "./cloud-client.ts";
import { defaultProviders } from "./default-providers.ts";
import type { EventLog } from "./event-log.ts";
import { loadPulumi } from "./pulumi-sdk.ts";
import { propertiesToJson } from "./values.ts";

interface ProgramRun {
  /** The bundle: `main` of the Pulumi.yaml that the CLI wrote. */
  readonly bundle: string;
  /** The folder that the CLI runs the engine in, one of a deployment, beside the app's others. */
  readonly folder: string;
  readonly app: string;
  readonly stage: string;
  /** How the CLI configures providers. */
  readonly config: readonly string[];
  readonly cloud: CloudClient;
  readonly events: EventLog;
}

/**
 * Runs the program to its end and returns every resource in the order of registration.
 * @throws what the program throws, and the local cloud's errors.
 */
export async function runProgram(run: ProgramRun): Promise<CheckpointResource[]> {
  const { cloud, events, app, stage } = run;
  const resources = new Map<string, CheckpointResource>();
  const pulumi = loadPulumi(path.dirname(run.bundle));

  /** As in Pulumi's engine, with the first resource: a program that fails before has none. */
  let providers: Promise<unknown> | undefined;
  const applyProviders = () =>
    Promise.all(defaultProviders(run, run.config).map((provider) => cloud.apply(provider)));

  /** Applies a resource and records it, with its events. */
  async function register(registration: Registration): Promise<Applied> {
    const { urn, type, custom, parent } = registration;
    await (providers ??= applyProviders());
    const inputs = await propertiesToJson(registration.inputs);
    // A component comes before its children in the checkpoint.
    const resource: CheckpointResource = {
      urn,
      type,
      custom,
      inputs,
      outputs: {},
      ...(parent ? { parent } : {}),
    };
    resources.set(urn, resource);
    const applied = await cloud.apply({ ...registration, inputs }).catch((cause: unknown) => {
      const message = messageOf(cause);
      events.failed(message, urn);
      throw new Error(message, { cause });
    });
    events.began(urn, type, applied.operation);
    events.ended(urn, type, applied.operation);
    resources.set(
      urn,
      Object.assign(resource, { outputs: applied.outputs }, custom ? { id: applied.id } : {}),
    );
    return applied;
  }

  /** Records what a component, or the stack, registers as its outputs. */
  async function setOutputs(urn: string, outputs: Record<string, unknown>): Promise<void> {
    const plain = await propertiesToJson(outputs);
    const resource = resources.get(urn);
    if (resource) resource.outputs = plain;
    await cloud.setOutputs(urn, plain);
  }

  await pulumi.startMonitor(
    { app, stage },
    {
      register,
      invoke: async (token, inputs) => cloud.invoke(token, await propertiesToJson(inputs)),
      outputs: setOutputs,
    },
  );
  await pulumi.runStack(() => importProgram(run));
  return [...resources.values()];
}

/**
 * Imports the program under one name for each app: the CLI names it by the time, and each deployment
 * would leave another entry in Node's compile cache.
 */
async function importProgram({ bundle, folder }: ProgramRun): Promise<unknown> {
  const app = createHash("sha256").update(path.dirname(folder)).digest("hex").slice(0, 16);
  const program = path.join(path.dirname(bundle), `sst.config.${app}.mjs`);
  fs.copyFileSync(bundle, program);
  try {
    const module: unknown = await import(pathToFileURL(program).href);
    return z.object({ default: z.unknown() }).parse(module).default;
  } finally {
    fs.rmSync(program, { force: true });
  }
}
