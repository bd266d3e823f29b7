/** Questions to a resource graph. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";

export interface Graph {
  /** Every resource of a type, such as `aws:sns/topic:Topic`. */
  all(type: string): readonly GraphResource[];
  /** The one resource of a type, or the one of that name. */
  one(type: string, name?: string): GraphResource;
}

export function graphOf(resources: readonly GraphResource[]): Graph {
  const all = (type: string) => resources.filter((resource) => resource.type === type);
  return {
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
      Effect: z.enum(["Allow", "Deny"]),
      Action: oneOrMany,
      Resource: oneOrMany.optional(),
    }),
  ),
});

const roleSchema = z.object({
  inlinePolicies: z.array(z.object({ policy: z.string() })).default([]),
});

/** The statements of a role's own policies. */
export function statementsOf(role: GraphResource) {
  return roleSchema
    .parse(role.inputs)
    .inlinePolicies.flatMap(({ policy }) => policySchema.parse(JSON.parse(policy)).Statement);
}
