/** `aws.iam.getPolicyDocument`: writes statements as the JSON that IAM takes. */
import * as z from "zod";
import { rejectedInputs } from "../../../provider/rejected-inputs.ts";

const strings = z.array(z.string());
const principals = z.array(z.strictObject({ type: z.string(), identifiers: strings }));
const conditions = z.array(
  z.strictObject({ test: z.string(), variable: z.string(), values: strings }),
);

/** The data source's arguments; merging with other documents is not supported. */
const policyDocument = z.strictObject({
  policyId: z.string().optional(),
  version: z.enum(["2008-10-17", "2012-10-17"]).default("2012-10-17"),
  statements: z
    .array(
      z.strictObject({
        sid: z.string().optional(),
        effect: z.enum(["Allow", "Deny"]).default("Allow"),
        actions: strings.optional(),
        notActions: strings.optional(),
        resources: strings.optional(),
        notResources: strings.optional(),
        principals: principals.optional(),
        notPrincipals: principals.optional(),
        conditions: conditions.optional(),
      }),
    )
    .default([]),
});

type Statement = z.infer<typeof policyDocument>["statements"][number];

/** The result of the call. @throws UnsupportedError naming an argument that it would leave out. */
export function renderPolicy(inputs: Readonly<Record<string, unknown>>) {
  const parsed = policyDocument.safeParse(inputs, { reportInput: true });
  if (!parsed.success) throw rejectedInputs("aws.iam.getPolicyDocument", parsed.error);
  const { policyId, version, statements } = parsed.data;
  const document = {
    Version: version,
    ...(policyId === undefined ? {} : { Id: policyId }),
    Statement: statements.map(renderStatement),
  };
  // Arguments come back with the result; SST's functions ask it whether there are statements.
  const given = statements.length === 0 ? {} : { statements };
  return {
    id: policyId ?? "policy",
    ...given,
    json: JSON.stringify(document, null, 2),
    minifiedJson: JSON.stringify(document),
  };
}

function renderStatement(statement: Statement): Record<string, unknown> {
  const { sid, effect, principals: who, notPrincipals, conditions: when } = statement;
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    ...oneOrMany("Action", statement.actions),
    ...oneOrMany("NotAction", statement.notActions),
    ...oneOrMany("Resource", withVariables(statement.resources)),
    ...oneOrMany("NotResource", withVariables(statement.notResources)),
    ...(who === undefined ? {} : { Principal: renderPrincipals(who) }),
    ...(notPrincipals === undefined ? {} : { NotPrincipal: renderPrincipals(notPrincipals) }),
    ...(when === undefined ? {} : { Condition: renderConditions(when) }),
  };
}

function oneOrMany(key: string, values: readonly string[] | undefined) {
  if (values === undefined) return {};
  return { [key]: values.length === 1 ? values[0] : values };
}

/** IAM's policy variables: the data source takes `&{…}` for what IAM writes as `${…}`. */
function withVariables(values: readonly string[] | undefined) {
  return values?.map((value) => value.replaceAll("&{", "${"));
}

/** Everybody is `*` only when nobody else is named; identifiers of one type come together. */
function renderPrincipals(given: z.infer<typeof principals>) {
  const [first] = given;
  if (given.length === 1 && first?.type === "*" && first.identifiers.join() === "*") return "*";
  const byType = new Map<string, string[]>();
  for (const { type, identifiers } of given) {
    byType.set(type, [...(byType.get(type) ?? []), ...(withVariables(identifiers) ?? [])]);
  }
  return Object.assign({}, ...[...byType].map(([type, all]) => oneOrMany(type, all)));
}

/** Values of one test and variable come together: any of them may hold. */
function renderConditions(given: z.infer<typeof conditions>) {
  const byTest = new Map<string, Map<string, string[]>>();
  for (const { test, variable, values } of given) {
    const variables = byTest.get(test) ?? new Map<string, string[]>();
    byTest.set(test, variables);
    const before = variables.get(variable) ?? [];
    variables.set(variable, [...before, ...(withVariables(values) ?? [])]);
  }
  return Object.fromEntries(
    [...byTest].map(([test, variables]) => [
      test,
      Object.assign({}, ...[...variables].map(([variable, all]) => oneOrMany(variable, all))),
    ]),
  );
}
