/** What each function may do, and who may invoke it. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";
import { readJson } from "../../../stacks/policy/json.ts";
import { text, type GraphView } from "../graph-view.ts";
import { sortRows, type Section } from "./section.ts";

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));

const conditionValue = z.union([z.string(), z.boolean(), z.number()]);
const conditionValues = z
  .union([conditionValue, z.array(conditionValue)])
  .transform((values) => [values].flat().map(String));

const statementSchema = z.object({
  Effect: z.string(),
  Action: oneOrMany.default([]),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.default([]),
  NotResource: oneOrMany.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).default({}),
});

const policySchema = z.object({
  Statement: z.union([z.array(statementSchema), statementSchema.transform((one) => [one])]),
});

const roleSchema = z.object({
  inlinePolicies: z.array(z.object({ policy: z.unknown().transform(text) })).default([]),
  managedPolicyArns: z.array(z.string()).default([]),
});

/** A row for each grant: function; action and resource. */
export function summarizeGrants(graph: GraphView): Section {
  const rows = graph
    .all("aws:lambda/function:Function")
    .flatMap((lambda) =>
      [
        ...permissionsOf(graph, lambda).map((grant) => ["is invoked by", grant]),
        ...grantsOf(graph, lambda).map((grant) => ["may", grant]),
      ].map((row) => [graph.nameOf(lambda.outputs["arn"]), ...row]),
    );
  return { title: "Grants", rows: sortRows(rows), none: "No function." };
}

function permissionsOf(graph: GraphView, lambda: GraphResource): string[] {
  const names = [lambda.outputs["arn"], lambda.inputs["name"]];
  return graph
    .all("aws:lambda/permission:Permission")
    .filter(({ inputs }) => names.includes(inputs["function"]))
    .map(({ inputs }) => `${text(inputs["principal"])} ${sourceOf(graph, inputs["sourceArn"])}`);
}

function sourceOf(graph: GraphView, sourceArn: unknown): string {
  return sourceArn === undefined ? "FROM ANY SOURCE" : `from ${graph.nameOf(sourceArn)}`;
}

function grantsOf(graph: GraphView, lambda: GraphResource): string[] {
  const role = graph.find(lambda.inputs["role"]);
  if (role === undefined)
    return [`use a role from outside this app: ${text(lambda.inputs["role"])}`];
  const { inlinePolicies, managedPolicyArns } = roleSchema.parse(role.inputs);
  const isOfRole = ({ inputs }: GraphResource) =>
    inputs["role"] === role.id || inputs["role"] === role.outputs["name"];
  const attached = graph
    .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .filter(isOfRole)
    .map(({ inputs }) => text(inputs["policyArn"]));
  const managed = [...managedPolicyArns, ...attached];
  const documents = [
    ...inlinePolicies.map(({ policy }) => policy),
    ...graph.all("aws:iam/rolePolicy:RolePolicy").filter(isOfRole).map(policyOf),
    ...managed.flatMap((arn) => graph.find(arn) ?? []).map(policyOf),
  ];
  return [
    ...documents.flatMap((document) => statementsOf(graph, document)),
    ...managed
      .filter((arn) => graph.find(arn) === undefined)
      .map((arn) => `everything in the AWS managed policy ${arn.split("/").at(-1) ?? arn}`),
  ];
}

const policyOf = ({ inputs }: GraphResource) => text(inputs["policy"]);

function statementsOf(graph: GraphView, document: string): string[] {
  const { data } = policySchema.safeParse(readJson(document));
  if (data === undefined) return [`do what a policy says that cannot be read: ${document}`];
  return data.Statement.flatMap((statement) => {
    const { Effect, Action, NotAction, Resource, NotResource, Condition } = statement;
    const actions = NotAction ? NotAction.map((action) => `every action except ${action}`) : Action;
    const resources = NotResource
      ? NotResource.map((arn) => `every resource except ${graph.nameOf(arn)}`)
      : Resource.map((arn) => graph.nameOf(arn));
    const denied = Effect === "Allow" ? "" : "NOT ";
    const when = inWords(graph, Condition);
    return actions.map((action) => `${denied}${action} on ${resources.join(", ")}${when}`);
  });
}

function inWords(
  graph: GraphView,
  condition: z.infer<typeof statementSchema>["Condition"],
): string {
  const tests = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const names = values.map((value) => graph.nameOf(value));
      return `${key} ${operator} ${names.join(" or ")}`;
    }),
  );
  return tests.length === 0 ? "" : `, if ${tests.join(" and ")}`;
}
