/** Ways to remove a control from a copy of a graph. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";
import type { RuleName } from "../../../stacks/policy/index.ts";

/** Returns a changed copy. */
export type Mutation = (graph: readonly GraphResource[]) => GraphResource[];

/** The control, how it is removed or evaded, and the rule that must detect it. */
export type MutationRow = readonly [lost: string, mutate: Mutation, rule: RuleName];

/** Removes every resource of a type, or the one of that name. */
export const drop =
  (type: string, name?: string): Mutation =>
  (graph) =>
    graph.filter((one) => one.type !== type || (name !== undefined && one.name !== name));

/** Adds a resource. */
export const add =
  (type: string, inputs: GraphResource["inputs"]): Mutation =>
  (graph) => [
    ...graph,
    { id: "extra", urn: "extra", type, name: "Extra", parent: "", inputs, outputs: {} },
  ];

/** Sets an input of the type's first resource, or of the one of that name; undefined removes it. */
export const edit = (
  type: string,
  path: readonly string[],
  value: unknown,
  name?: string,
): Mutation => changeFirst(type, (inputs) => withValue(inputs, path, value), name);

/** Rewrites the policy of every resource of a type, which is JSON. */
export const editPolicy =
  (type: string, rewrite: (policy: string) => string): Mutation =>
  (graph) =>
    graph.map((one) =>
      one.type === type
        ? {
            ...one,
            inputs: { ...one.inputs, policy: rewrite(z.string().parse(one.inputs["policy"])) },
          }
        : one,
    );

/** Rewrites an input of the type's first resource, or of the one of that name, as JSON. */
export const editInput = (
  type: string,
  input: string,
  rewrite: (input: string) => string,
  name?: string,
): Mutation =>
  changeFirst(
    type,
    (inputs) => ({ ...inputs, [input]: JSON.parse(rewrite(JSON.stringify(inputs[input]))) }),
    name,
  );

/** Rewrites a rule of the firewall, as JSON. */
export const editRule =
  (name: string, rewrite: (rule: string) => string): Mutation =>
  (graph) =>
    graph.map((one) =>
      one.type === "aws:wafv2/webAcl:WebAcl"
        ? { ...one, inputs: { ...one.inputs, rules: rewriteRule(one.inputs, name, rewrite) } }
        : one,
    );

const rulesSchema = z.object({ rules: z.array(z.looseObject({ name: z.string() })) });

function rewriteRule(
  inputs: GraphResource["inputs"],
  name: string,
  rewrite: (rule: string) => string,
): unknown[] {
  return rulesSchema
    .parse(inputs)
    .rules.map((rule): unknown =>
      rule.name === name ? JSON.parse(rewrite(JSON.stringify(rule))) : rule,
    );
}

/** Grants a role one more permission. */
export const grant = (action: string, resource: string): Mutation => {
  const statement = { Effect: "Allow", Action: action, Resource: resource };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return edit("aws:iam/role:Role", ["inlinePolicies"], [{ policy }]);
};

function changeFirst(
  type: string,
  change: (inputs: GraphResource["inputs"]) => GraphResource["inputs"],
  name?: string,
): Mutation {
  return (graph) => {
    const index = graph.findIndex(
      (one) => one.type === type && (name === undefined || one.name === name),
    );
    return graph.map((one, place) =>
      place === index ? { ...one, inputs: change(one.inputs) } : one,
    );
  };
}

const record = z.record(z.string(), z.unknown());

function withValue(
  inputs: Readonly<Record<string, unknown>>,
  [key = "", ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const next = rest.length === 0 ? value : withValue(record.parse(inputs[key] ?? {}), rest, value);
  const others = Object.entries(inputs).filter(([other]) => other !== key);
  return Object.fromEntries(next === undefined ? others : [...others, [key, next]]);
}

/** A trust policy. */
export function trust(principal: Record<string, string | readonly string[]>): string {
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: principal };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
