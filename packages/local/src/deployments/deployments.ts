/** The applied resource graph: what stands, what a deployment changes, and what it leaves behind. */
import { isDeepStrictEqual } from "node:util";
import { UnsupportedError, UnsupportedKindError } from "../errors/unsupported.ts";
import type { Inert } from "../inert/keep-inert.ts";
import { refuse, type InertPart, type Unsupported } from "../inert/unsupported.ts";
import { changesBetween, type ResourceChange } from "./changes.ts";
import type { Applied, Operation, Registration } from "./protocol.ts";
import { mustReplace, replacedWith } from "./replacements.ts";
import {
  emptyStage,
  inertPartsOf,
  isApplied,
  type GraphResource,
  type StageState,
  type Standing,
} from "./standing.ts";
import type { Limitation } from "../provider/limitations.ts";
import type { InvokeData } from "../provider/invoke-data.ts";
import type { AppliedResource, ResourceType } from "../provider/resource-type.ts";

/** The resources of every stack, and the deployment that is under way. */
export type Deployments = ReturnType<typeof createDeployments>;

/**
 * Keeps the resources of every stack. One deployment runs at a time: `begin`, then `apply` for
 * each resource in the program's order, then `complete`. As Pulumi does it, what is no longer
 * registered and what was replaced is deleted at the end, after everything was created and changed;
 * a resource that is deleted before its replacement is the exception. What is not supported is
 * refused, unless this is a rehearsal, which keeps it inert.
 */
export function createDeployments(
  types: readonly ResourceType[],
  invokeData: InvokeData,
  unsupported: Unsupported = refuse,
) {
  const registry = new Map(types.map((type) => [type.type, type]));
  const stages = new Map<string, StageState>();
  let current = { ...emptyStage(), seen: new Set<string>() };

  function typeOf(type: string, name: string): ResourceType {
    const found = registry.get(type);
    if (found) return found;
    throw new UnsupportedKindError(
      `The local cloud does not support resources of type ${type} (here "${name}"). ` +
        "What it supports is listed in packages/local/README.md.",
    );
  }

  async function remove(resource: Standing): Promise<void> {
    if (isApplied(resource)) {
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
    state.inertCalls.clear();
    state.before = state.standing.size === 0 ? undefined : [...state.standing.values()];
    current = { ...state, seen: new Set() };
  }

  /** Applies inputs; what they replace is deleted before, if that comes first. */
  async function applyInputs(
    { type, name, deleteBeforeReplace }: Registration,
    inputs: Readonly<Record<string, unknown>>,
    previous: Standing | undefined,
  ): Promise<AppliedResource> {
    const found = typeOf(type, name);
    const isReplaced = previous !== undefined && mustReplace(found, inputs, previous);
    const isFirst = deleteBeforeReplace ?? found.replacement?.deletesFirst(inputs);
    if (isReplaced && isFirst) await removeFirst(previous);
    const applied = await found.apply(inputs, {
      name,
      previous: isReplaced ? undefined : previous,
    });
    if (isReplaced && !isFirst) current.replaced.add(previous);
    return applied;
  }

  /** A resource that exists already, outside the program. */
  function lookUp({ type, name }: Registration, id: string): AppliedResource {
    const { read } = typeOf(type, name);
    if (read) return { id, outputs: read(id) };
    throw new UnsupportedError(`The local cloud cannot look up a ${type} ("${name}").`);
  }

  /** Applies one resource, or finds that nothing about it has changed. */
  async function apply(registration: Registration): Promise<Applied> {
    const { urn, type, name, parent, custom, existingId, dependencies, dependsOn, ignoreChanges } =
      registration;
    if (current.seen.has(urn)) throw new Error(`The resource ${urn} is registered twice.`);
    current.seen.add(urn);
    const previous = current.standing.get(urn);
    const inputs = withIgnoredChanges(registration, previous);
    const isLookUp = existingId !== undefined;
    const below = dependsOn.flatMap((on) => current.standing.get(on) ?? []);
    const settle = (operation: Operation, { id, outputs }: AppliedResource, inert?: Inert) => {
      const registered = { urn, type, name, parent, custom, dependencies, ignoreChanges };
      const resource = { ...registered, id, inputs, outputs };
      const isLacking =
        (inert?.isWhole === true && registry.has(type)) || below.some((one) => one.isLacking);
      current.standing.set(urn, { ...resource, existing: isLookUp, inert, isLacking });
      return { operation, id, outputs: { ...outputs } };
    };

    if (registration.remote === true) throw remoteComponent(registration);
    if (!custom) return settle(previous ? "same" : "create", { id: "", outputs: {} });
    if (!isLookUp && previous && isDeepStrictEqual(previous.inputs, inputs)) {
      return settle("same", previous, previous.inert);
    }
    const applied = previous && isApplied(previous) ? previous : undefined;
    const { result, inert } = await unsupported.resource({
      type,
      name,
      existingId,
      previous,
      inputs,
      standsOnInert: below.some((one) => one.isLacking || one.inert?.isWhole),
      run: (given) =>
        isLookUp ? lookUp(registration, existingId) : applyInputs(registration, given, applied),
    });
    if (isLookUp) return settle("same", result, inert);
    const outputs = { ...inputs, ...result.outputs };
    return settle(previous ? "update" : "create", { id: result.id, outputs }, inert);
  }

  /** Answers a call for data. */
  async function invoke(token: string, inputs: Record<string, unknown>) {
    const run = (given: typeof inputs) => invokeData(token, given);
    const { result, inert } = await unsupported.call(token, { inputs, run });
    if (inert) current.inertCalls.set(token, inert);
    return result;
  }

  /** Records what a component, or the stack, registers as its outputs. */
  function setOutputs(urn: string, outputs: Record<string, unknown>): void {
    const resource = current.standing.get(urn);
    if (!resource) throw new Error(`The resource ${urn} is not registered.`);
    resource.outputs = outputs;
  }

  const stateOf = (stage: string) => stages.get(stage) ?? emptyStage();

  /** Where a stage's resources behave in another way than on AWS; each limitation once. */
  function limitations(stage: string): Limitation[] {
    const applied = [...stateOf(stage).standing.values()].filter(isApplied);
    const all = applied.flatMap(({ type, name, inputs }) => typeOf(type, name).limitations(inputs));
    return [...new Map(all.map((one) => [`${one.service}: ${one.text}`, one])).values()];
  }

  return {
    begin,
    apply,
    invoke,
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

    /** What of a stage is inert, as it is in a rehearsal. */
    inertParts: (stage: string): InertPart[] => inertPartsOf(stateOf(stage)),

    /** What the last deployment of a stage has changed so far; nothing where it is the first. */
    changes: (stage: string): ResourceChange[] => {
      const { before, standing } = stateOf(stage);
      return before === undefined ? [] : changesBetween(before, [...standing.values()]);
    },

    /** Every resource of a stage in the order of registration. */
    graph: (stage: string): readonly GraphResource[] => [...stateOf(stage).standing.values()],
  };
}

const remoteComponent = ({ type, name }: Registration) =>
  new UnsupportedError(
    `${type} ("${name}") is a remote component: the local cloud does not see what its provider creates, and no rule checks it. Create its resources in the program (packages/local/README.md).`,
  );

function withIgnoredChanges(
  { inputs, ignoreChanges }: Registration,
  previous: Standing | undefined,
): Record<string, unknown> {
  if (!previous) return inputs;
  const kept = ignoreChanges.filter((property) => property in previous.inputs);
  return { ...inputs, ...Object.fromEntries(kept.map((key) => [key, previous.inputs[key]])) };
}
