/** Questions to a resource graph. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";

export interface Graph {
  /** Every resource, in the order of registration. */
  readonly resources: readonly GraphResource[];
  /** Every resource of a type, such as `aws:sns/topic:Topic`. */
  all(type: string): readonly GraphResource[];
  /** The one resource of a type, or the one of that name. */
  one(type: string, name?: string): GraphResource;
}

export function graphOf(resources: readonly GraphResource[]): Graph {
  const all = (type: string) => resources.filter((resource) => resource.type === type);
  return {
    resources,
    all,
    one(type, name) {
      const found = all(type).filter((resource) => name === undefined || resource.name === name);
      const [only, ...others] = found;
      if (only && others.length === 0) return only;
      const names = all(type).map((resource) => resource.name);
      throw new Error(`Expected one ${type} ${name ?? ""}, found [${names.join(", ")}].`);
    },
  };
}

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Sid: z.string().optional(),
      Effect: z.enum(["Allow", "Deny"]),
      Principal: z.unknown().optional(),
      Action: oneOrMany,
      Resource: oneOrMany.optional(),
      Condition: z.record(z.string(), z.record(z.string(), oneOrMany)).optional(),
    }),
  ),
});

/** A statement of a policy; single values stand in lists. */
export type Statement = z.infer<typeof policySchema>["Statement"][number];

/** The statements of a policy in JSON. */
export const statementsIn = (policy: unknown): Statement[] =>
  policySchema.parse(JSON.parse(z.string().parse(policy))).Statement;

const roleSchema = z.object({
  inlinePolicies: z.array(z.object({ policy: z.string() })).default([]),
});

/** The statements of a role's own policies. */
export const statementsOf = (role: GraphResource): Statement[] =>
  roleSchema.parse(role.inputs).inlinePolicies.flatMap(({ policy }) => statementsIn(policy));

/** An output that is text, such as an ARN. */
export const textOutput = ({ outputs }: GraphResource, output: string): string =>
  z.string().parse(outputs[output]);
