/** A resource of a graph, as a deployment would have made it. */
import type { GraphResource } from "@secure-lambda/local";

/** One with these inputs and outputs; its id is `id-of-NAME`. */
export function resource(
  type: string,
  name: string,
  inputs: object,
  outputs: object = {},
): GraphResource {
  return {
    urn: `urn:pulumi:test::app::${type}::${name}`,
    id: `id-of-${name}`,
    type,
    name,
    parent: "",
    inputs: Object.fromEntries(Object.entries(inputs)),
    outputs: Object.fromEntries(Object.entries(outputs)),
  };
}
