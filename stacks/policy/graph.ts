/** The resource graph as rules read it, and what a rule is. */
import * as z from "zod";

/** A node of the graph that a deployment makes, its outputs resolved. */
export interface GraphResource {
  /** The provider's id; empty for components. */
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The whole graph. */
export type Graph = readonly GraphResource[];

/** A resource that breaks a rule, and what would be right. */
export interface Finding {
  readonly resource: string;
  readonly message: string;
}

/** A rule: it names every resource of a graph that breaks it. */
export interface Rule {
  readonly name: string;
  readonly check: (graph: Graph) => readonly Finding[];
}

/** The resources of a type. */
export const allOf = (graph: Graph, type: string): Graph =>
  graph.filter((resource) => resource.type === type);

/**
 * Makes a rule about every resource of one type. `check` is given the inputs that the schema reads
 * and answers what is wrong with them; inputs that the schema cannot read break the rule as well.
 */
export function ruleFor<Inputs>(
  name: string,
  type: string,
  schema: z.ZodType<Inputs>,
  check: (inputs: Inputs, graph: Graph, resource: GraphResource) => readonly string[],
): Rule {
  return {
    name,
    check: (graph) =>
      allOf(graph, type).flatMap((resource) => {
        const parsed = schema.safeParse(resource.inputs);
        const messages = parsed.success
          ? check(parsed.data, graph, resource)
          : [`cannot be judged: ${z.prettifyError(parsed.error)}`];
        return messages.map((message) => ({ resource: resource.name, message }));
      }),
  };
}

/** A message unless something holds. */
export const unless = (holds: boolean, message: string): string[] => (holds ? [] : [message]);
