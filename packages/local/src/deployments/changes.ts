/** What a deployment changed: the resources of one graph that another has not, or has otherwise. */
import { isDeepStrictEqual } from "node:util";
import type { GraphResource } from "./standing.ts";

/** A resource that was added, removed or changed. */
export interface ResourceChange extends Pick<GraphResource, "urn" | "type" | "name"> {
  readonly kind: "added" | "removed" | "changed";
  /** The inputs that are different, of a resource that was changed. */
  readonly inputs: readonly InputChange[];
}

/** An input before and after; undefined where there is none. */
interface InputChange {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The changes from one graph to another; components have no inputs of their own, and are left out. */
export function changesBetween(
  before: readonly GraphResource[],
  after: readonly GraphResource[],
): ResourceChange[] {
  const [old, current] = [byUrn(before), byUrn(after)];
  const removed = [...old.values()].filter(({ urn }) => !current.has(urn));
  return [
    ...[...current.values()].flatMap((resource) => {
      const previous = old.get(resource.urn);
      if (previous === undefined) return [changeOf(resource, "added")];
      const inputs = inputsBetween(previous.inputs, resource.inputs);
      return inputs.length === 0 ? [] : [changeOf(resource, "changed", inputs)];
    }),
    ...removed.map((resource) => changeOf(resource, "removed")),
  ];
}

const byUrn = (graph: readonly GraphResource[]) =>
  new Map(graph.filter(({ id }) => id !== "").map((one) => [one.urn, one]));

function changeOf(
  { urn, type, name }: GraphResource,
  kind: ResourceChange["kind"],
  inputs: readonly InputChange[] = [],
): ResourceChange {
  return { urn, type, name, kind, inputs };
}

function inputsBetween(
  before: GraphResource["inputs"],
  after: GraphResource["inputs"],
): InputChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((name) => ({ name, before: before[name], after: after[name] }));
}
