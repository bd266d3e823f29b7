/** Calls for data that a program makes while it runs, such as `aws.getRegion()`. */
import * as z from "zod";
import type { InvokeData } from "../deployment/deployments.ts";

const strings = z.array(z.string());

/** Arguments of `aws.iam.getPolicyDocument`, as far as SST's components and stacks use them. */
const policyDocument = z.strictObject({
  policyId: z.string().optional(),
  statements: z
    .array(
      z.strictObject({
        sid: z.string().optional(),
        effect: z.enum(["Allow", "Deny"]).default("Allow"),
        actions: strings.optional(),
        notActions: strings.optional(),
        resources: strings.optional(),
        notResources: strings.optional(),
        principals: z.array(z.object({ type: z.string(), identifiers: strings })).optional(),
        conditions: z
          .array(z.object({ test: z.string(), variable: z.string(), values: strings }))
          .optional(),
      }),
    )
    .default([]),
});

type Statement = z.infer<typeof policyDocument>["statements"][number];

/** The data of an account and region. */
export function createInvokeData(scope: { region: string; account: string }): InvokeData {
  const { region, account } = scope;
  return (token, inputs) => {
    switch (token) {
      case "aws:index/getRegion:getRegion":
        return { id: region, region, name: region, description: region };
      case "aws:index/getPartition:getPartition":
        return { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com" };
      case "aws:index/getCallerIdentity:getCallerIdentity":
        return {
          id: account,
          accountId: account,
          arn: `arn:aws:iam::${account}:root`,
          userId: account,
        };
      case "aws:iam/getPolicyDocument:getPolicyDocument":
        return renderPolicy(inputs);
      default:
        throw new Error(`The local cloud does not support the call ${token}.`);
    }
  };
}

function renderPolicy(inputs: Record<string, unknown>) {
  const { policyId, statements } = policyDocument.parse(inputs);
  const document = {
    Version: "2012-10-17",
    ...(policyId === undefined ? {} : { Id: policyId }),
    Statement: statements.map(renderStatement),
  };
  const json = JSON.stringify(document);
  // Arguments come back with the result; SST's functions ask it whether there are statements.
  const given = statements.length === 0 ? {} : { statements };
  return { id: policyId ?? "policy", ...given, json, minifiedJson: json };
}

function renderStatement(statement: Statement): Record<string, unknown> {
  const { sid, effect, actions, notActions, resources, notResources, principals, conditions } =
    statement;
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    ...oneOrMany("Action", actions),
    ...oneOrMany("NotAction", notActions),
    ...oneOrMany("Resource", resources),
    ...oneOrMany("NotResource", notResources),
    ...(principals ? { Principal: renderPrincipals(principals) } : {}),
    ...(conditions ? { Condition: renderConditions(conditions) } : {}),
  };
}

function oneOrMany(key: string, values: string[] | undefined) {
  if (values === undefined) return {};
  return { [key]: values.length === 1 ? values[0] : values };
}

function renderPrincipals(principals: NonNullable<Statement["principals"]>) {
  if (principals.some(({ type }) => type === "*")) return "*";
  return Object.assign(
    {},
    ...principals.map(({ type, identifiers }) => oneOrMany(type, identifiers)),
  );
}

function renderConditions(conditions: NonNullable<Statement["conditions"]>) {
  const rendered: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of conditions) {
    rendered[test] = { ...rendered[test], ...oneOrMany(variable, values) };
  }
  return rendered;
}
