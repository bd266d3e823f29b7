/** The resource graph and the rules that check it. */
import * as z from "zod";

/** A resource of the graph, with resolved outputs. */
export interface GraphResource {
  /** The provider's id; empty for components and for default providers. */
  readonly id: string;
  /** Whether it is only looked up, so that others can refer to it: it is not the program's to change. */
  readonly existing?: boolean;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Inputs whose changes are not deployed once it exists. */
  readonly ignoreChanges?: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The whole graph. */
export type Graph = readonly GraphResource[];

/** A resource that breaks a rule, and what it should be. */
export interface Finding {
  readonly resource: string;
  readonly message: string;
}

/** A rule; `check` returns a finding for every resource that breaks it. */
export interface Rule<Name extends string = string> {
  readonly name: Name;
  /** The resource type that it is about; absent for a rule about every resource. */
  readonly type?: string;
  readonly check: (graph: Graph) => readonly Finding[];
}

/** The resources that the program creates. */
export const created = (graph: Graph): Graph => graph.filter(({ existing }) => existing !== true);

/** Those of a type: no rule has checked one that is only looked up, which may be another account's. */
export const allOf = (graph: Graph, type: string): Graph =>
  created(graph).filter((resource) => resource.type === type);

/**
 * Creates a rule about every resource of one type that the program creates. `check` gets the parsed inputs
 * and returns what is wrong with them; inputs that the schema rejects break the rule as well.
 */
export function ruleFor<const Name extends string, Inputs>(
  name: Name,
  type: string,
  schema: z.ZodType<Inputs>,
  check: (inputs: Inputs, graph: Graph, resource: GraphResource) => readonly string[],
): Rule<Name> {
  return {
    name,
    type,
    check: (graph) =>
      allOf(graph, type).flatMap((resource) => {
        const parsed = schema.safeParse(resource.inputs);
        const messages = parsed.success
          ? check(parsed.data, graph, resource)
          : [`has unexpected inputs: ${z.prettifyError(parsed.error)}`];
        return messages.map((message) => ({ resource: resource.name, message }));
      }),
  };
}

/** The message, unless the condition is true. */
export const unless = (condition: boolean, message: string): string[] =>
  condition ? [] : [message];
