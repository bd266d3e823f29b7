/** Reads a resource graph: resources by type, and names in place of ARNs and ids. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";

/** A graph with the questions that the summary asks. */
export interface GraphView {
  readonly resources: readonly GraphResource[];
  /** Every resource of a type, such as `aws:sns/topic:Topic`. */
  all(type: string): readonly GraphResource[];
  /** The resource with this ARN or id among its outputs. */
  find(reference: unknown): GraphResource | undefined;
  /** What a resource, or the ARN or id of one, is called in stacks; an unknown one stays as it is. */
  nameOf(reference: unknown): string;
  /** A text with names in place of the ARNs in it. */
  withNames(text: string): string;
}

/** The outputs by which other resources refer to one. */
const references = ["arn", "executionArn", "invokeArn", "keyId", "url"];

/** A view of a graph. */
export function viewGraph(resources: readonly GraphResource[]): GraphView {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const byReference = new Map<unknown, GraphResource>();
  // The first with a reference is the resource itself: a secret's version has the secret's ARN.
  const refer = (reference: unknown, resource: GraphResource) => {
    if (!byReference.has(reference)) byReference.set(reference, resource);
  };
  for (const resource of resources) {
    // Components have no id.
    if (resource.id === "") continue;
    refer(resource.id, resource);
    for (const output of references) {
      if (resource.outputs[output] !== undefined) refer(resource.outputs[output], resource);
    }
  }
  // The longest first: a stage of an API has the API's ARN and more.
  const arns = [...byReference.keys()]
    .filter((reference) => isArn(reference))
    .toSorted((one, other) => other.length - one.length);

  function nameOf(reference: unknown): string {
    const resource = byReference.get(reference);
    if (resource === undefined) return nameOfPart(reference) ?? text(reference);
    // `GreetingTopic` in stacks is a component of SST; the topic inside it is `GreetingTopicTopic`.
    const parent = byUrn.get(resource.parent);
    const isPart = parent?.type.startsWith("sst:") === true;
    return isPart && resource.name.startsWith(parent.name) ? parent.name : resource.name;
  }

  /** `ARN:*`, the streams of a log group; `ARN/STAGE/METHOD/PATH`, a method of an API. */
  function nameOfPart(reference: unknown): string | undefined {
    const shown = text(reference);
    const whole = arns.find((arn) => shown.startsWith(`${arn}:`) || shown.startsWith(`${arn}/`));
    return whole && `${nameOf(whole)}${shown.slice(whole.length)}`;
  }

  return {
    resources,
    all: (type) => resources.filter((resource) => resource.type === type),
    find: (reference) => byReference.get(reference),
    nameOf,
    withNames: (shown) => shown.replace(/arn:[^"\s]+/g, nameOf),
  };
}

const isArn = (reference: unknown): reference is string =>
  typeof reference === "string" && reference.startsWith("arn:");

/** Any value as one line. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "–");
}

/** A string input; undefined for anything else, as where a resource leaves it out. */
export const optionalText = z.string().optional().catch(undefined);
