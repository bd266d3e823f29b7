/** The applied resource graph: what stands, what a deployment changes, and what it leaves behind. */
import { isDeepStrictEqual } from "node:util";
import type { Applied, Registration } from "./protocol.ts";
import { mustReplace, replacedWith, type Registered } from "./replacements.ts";
import type { Limitation } from "../provider/limitations.ts";
import type { InvokeData } from "../provider/invoke-data.ts";
import type { ResourceType } from "../provider/resource-type.ts";

/** A node of the resource graph; component resources are in it as well. */
export interface GraphResource {
  readonly urn: string;
  /** The provider's id; empty for components. */
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** The parent's URN; empty for the stack itself. */
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

interface Standing extends GraphResource, Registered {
  readonly existing: boolean;
  outputs: Readonly<Record<string, unknown>>;
}

/** What stands of a stage, and what a replacement has left to be deleted. */
interface StageState {
  readonly standing: Map<string, Standing>;
  readonly replaced: Set<Standing>;
}

const emptyStage = (): StageState => ({ standing: new Map(), replaced: new Set() });

/** The resources of every stack, and the deployment that is under way. */
export type Deployments = ReturnType<typeof createDeployments>;

/**
 * Keeps the resources of every stack. One deployment runs at a time: `begin`, then `apply` for
 * each resource in the program's order, then `complete`. As Pulumi does it, what is no longer
 * registered and what was replaced is deleted at the end, after everything was created and changed;
 * a resource that is deleted before its replacement is the exception.
 */
export function createDeployments(types: readonly ResourceType[], invokeData: InvokeData) {
  const registry = new Map(types.map((type) => [type.type, type]));
  const stages = new Map<string, StageState>();
  let current = { ...emptyStage(), seen: new Set<string>() };

  function typeOf(type: string, name: string): ResourceType {
    const found = registry.get(type);
    if (found) return found;
    throw new Error(
      `The local cloud does not support resources of type ${type} (here "${name}"). ` +
        "What it supports is listed in packages/local/README.md.",
    );
  }

  async function remove(resource: Standing): Promise<void> {
    if (resource.custom && !resource.existing) {
      await typeOf(resource.type, resource.name).remove(resource);
    }
    if (!current.replaced.delete(resource)) current.standing.delete(resource.urn);
  }

  /** Removes resources and all that were replaced, the last registered first. */
  async function removeAll(resources: readonly Standing[]) {
    const urns = [...current.standing.keys()];
    // Children were registered after what they depend on.
    const order = [...resources, ...current.replaced].toSorted(
      (one, other) => urns.indexOf(other.urn) - urns.indexOf(one.urn),
    );
    for (const resource of order) await remove(resource);
    return { removed: order.map(({ urn, type }) => ({ urn, type })) };
  }

  /** Removes a resource that is replaced, after those that its replacement replaces as well. */
  async function removeFirst(resource: Standing): Promise<void> {
    const others = [...current.standing.values()].filter(({ urn }) => !current.seen.has(urn));
    const dependents = replacedWith(resource.urn, others, (type) => registry.get(type));
    for (const dependent of dependents.toReversed()) await remove(dependent);
    await remove(resource);
  }

  /** Starts a deployment of a stage. */
  function begin(stage: string): void {
    const state = stages.get(stage) ?? emptyStage();
    stages.set(stage, state);
    current = { ...state, seen: new Set() };
  }

  /** Applies one resource, or finds that nothing about it has changed. */
  async function apply(registration: Registration): Promise<Applied> {
    const { urn, type, name, custom, existingId } = registration;
    if (current.seen.has(urn)) throw new Error(`The resource ${urn} is registered twice.`);
    current.seen.add(urn);
    const previous = current.standing.get(urn);
    const inputs = withIgnoredChanges(registration, previous);
    const settle = (operation: Applied["operation"], id: string, outputs: Standing["outputs"]) => {
      const { parent, dependencies } = registration;
      const existing = existingId !== undefined;
      current.standing.set(urn, {
        urn,
        type,
        name,
        parent,
        custom,
        dependencies,
        existing,
        id,
        inputs,
        outputs,
      });
      return { operation, id, outputs: { ...outputs } };
    };

    if (!custom) return settle(previous ? "same" : "create", "", {});
    if (existingId !== undefined) {
      const read = typeOf(type, name).read;
      if (!read) throw new Error(`The local cloud cannot look up a ${type} ("${name}").`);
      return settle("same", existingId, read(existingId));
    }
    if (previous && isDeepStrictEqual(previous.inputs, inputs)) {
      return settle("same", previous.id, previous.outputs);
    }
    const found = typeOf(type, name);
    const isReplaced = previous !== undefined && mustReplace(found, inputs, previous);
    const isFirst = registration.deleteBeforeReplace ?? found.replacement?.deletesFirst(inputs);
    if (isReplaced && isFirst) await removeFirst(previous);
    const applied = await found.apply(inputs, {
      name,
      previous: isReplaced ? undefined : previous,
    });
    if (isReplaced && !isFirst) current.replaced.add(previous);
    return settle(previous ? "update" : "create", applied.id, { ...inputs, ...applied.outputs });
  }

  /** Records what a component, or the stack, registers as its outputs. */
  function setOutputs(urn: string, outputs: Record<string, unknown>): void {
    const resource = current.standing.get(urn);
    if (!resource) throw new Error(`The resource ${urn} is not registered.`);
    resource.outputs = outputs;
  }

  /** Where a stage's resources behave in another way than on AWS; each limitation once. */
  function limitations(stage: string): Limitation[] {
    const created = [...(stages.get(stage)?.standing.values() ?? [])].filter(
      ({ custom, existing }) => custom && !existing,
    );
    const all = created.flatMap(({ type, name, inputs }) => typeOf(type, name).limitations(inputs));
    return [...new Map(all.map((one) => [`${one.service}: ${one.text}`, one])).values()];
  }

  return {
    begin,
    apply,
    invoke: invokeData,
    setOutputs,

    /** Ends a deployment: what it did not register or has replaced is removed. */
    complete: () =>
      removeAll([...current.standing.values()].filter(({ urn }) => !current.seen.has(urn))),

    /** Removes every resource of the stack. */
    destroy: () => removeAll([...current.standing.values()]),

    /** The stages that have resources. */
    stages: (): string[] =>
      [...stages].filter(([, { standing }]) => standing.size > 0).map(([stage]) => stage),

    limitations,

    /** Every resource of a stage in the order of registration. */
    graph: (stage: string): readonly GraphResource[] => [
      ...(stages.get(stage)?.standing.values() ?? []),
    ],
  };
}

function withIgnoredChanges(
  { inputs, ignoreChanges }: Registration,
  previous: Standing | undefined,
): Record<string, unknown> {
  if (!previous) return inputs;
  const kept = ignoreChanges.filter((property) => property in previous.inputs);
  return { ...inputs, ...Object.fromEntries(kept.map((key) => [key, previous.inputs[key]])) };
}
