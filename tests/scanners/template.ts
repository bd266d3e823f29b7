/** A deployed graph as a CloudFormation template, for scanners that cannot read Pulumi's. */
import type { GraphResource } from "@secure-lambda/local";
import type { Rendering } from "./rendering.ts";
import { left, renderings } from "./types.ts";

/** A template of CloudFormation. */
export interface Template {
  readonly Resources: Readonly<Record<string, { Type: string; Properties: object }>>;
}

/** Names that CloudFormation spells in its own way, wherever they stand. */
const spelled: Readonly<Record<string, string>> = {
  attributesRequireVerificationBeforeUpdates: "AttributesRequireVerificationBeforeUpdate",
  cloudwatchMetricsEnabled: "CloudWatchMetricsEnabled",
  cloudwatchRoleArn: "CloudWatchRoleArn",
  providerArns: "ProviderARNs",
  restApi: "RestApiId",
  webAclArn: "WebACLArn",
};

/** Properties whose keys are values. */
const verbatim =
  /^(?:AssumeRolePolicyDocument|KeyPolicy|PolicyDocument|RedrivePolicy|RequestModels|ResourcePolicy|ResponseParameters|ResponseTemplates|Schema|Variables)$/u;

/** Properties of CloudFormation that hold one of what Pulumi lists, and the other way round. */
const single: Readonly<Record<string, string>> = {
  headers: "Headers",
  matchPatterns: "MatchPattern",
};
const listed = new Set(["Topics", "Queues"]);

/** Properties that name another resource. */
const references =
  /^(?:Destination|Endpoint|KmsKeyId|KmsMasterKeyId|Queues|ResourceArn|Role|RestApiId|SecretId|TargetKeyId|TopicArn|Topics|UserPoolId|WebACLArn)$/u;

/** The template. @throws Error naming a type that it has no rendering for */
export function templateOf(graph: readonly GraphResource[]): Template {
  const created = graph.filter(
    ({ id, type, existing }) =>
      id !== "" && existing !== true && type.startsWith("aws:") && !left.has(type),
  );
  // A policy has the id of what it is for, which is created before it.
  const refs = new Map(created.toReversed().flatMap(refsOf));
  return {
    Resources: Object.fromEntries(
      created.map((resource) => {
        const rendering = renderingOf(resource);
        const { names = {}, without = [], properties } = rendering;
        const inputs = Object.entries(resource.inputs).filter(([name]) => !without.includes(name));
        const Properties = pascal(
          { ...Object.fromEntries(inputs), ...properties?.(resource, graph) },
          { names: { ...spelled, ...names }, refs },
        );
        return [logicalId(resource), { Type: rendering.type, Properties }];
      }),
    ),
  };
}

/** CloudFormation takes letters and digits only. */
const logicalId = ({ name }: GraphResource) => name.replaceAll(/[^A-Za-z0-9]/gu, "");

function renderingOf({ type }: GraphResource): Rendering {
  const rendering = renderings[type];
  if (rendering === undefined) throw new Error(`Add ${type} to tests/scanners/types.ts.`);
  return rendering;
}

/** The values by which other resources name one, each with what CloudFormation puts there. */
function refsOf(resource: GraphResource): (readonly [unknown, object])[] {
  const { id, outputs } = resource;
  const name = logicalId(resource);
  const { arnOf = () => ({ "Fn::GetAtt": [name, "Arn"] }) } = renderingOf(resource);
  const arns = "arn" in outputs ? [[outputs["arn"], arnOf(name)] as const] : [];
  return [[id, { Ref: name }], ...arns];
}

interface Context {
  readonly names: Readonly<Record<string, string>>;
  readonly refs: ReadonlyMap<unknown, object>;
}

function pascal(value: object, context: Context): object {
  return Object.fromEntries(
    Object.entries(value).map(([input, inner]: [string, unknown]) => {
      const one = single[input];
      if (one !== undefined && Array.isArray(inner)) return [one, convert(inner[0], context)];
      const name = context.names[input] ?? `${input.slice(0, 1).toUpperCase()}${input.slice(1)}`;
      if (verbatim.test(name)) return [name, inner];
      const converted = references.test(name)
        ? (context.refs.get(inner) ?? convert(inner, context))
        : convert(inner, context);
      return [name, listed.has(name) ? [converted] : converted];
    }),
  );
}

/** What stands within a property has names of its own. */
function convert(value: unknown, { refs }: Context): unknown {
  const context = { names: spelled, refs };
  if (Array.isArray(value)) return value.map((one: unknown) => convert(one, context));
  return typeof value === "object" && value !== null ? pascal(value, context) : value;
}
