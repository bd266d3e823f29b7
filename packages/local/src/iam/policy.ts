/** IAM policy documents: parsed once, refused where a part of them could not be evaluated. */
import * as z from "zod";

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));

/**
 * A statement of an identity-based policy, which has no principal.
 * Documented: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
const statementSchema = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(["Allow", "Deny"]),
    Action: oneOrMany.optional(),
    NotAction: oneOrMany.optional(),
    Resource: oneOrMany.optional(),
    NotResource: oneOrMany.optional(),
    Condition: z.record(z.string(), z.record(z.string(), oneOrMany)).optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
    error: "a statement has either Action or NotAction",
  })
  .refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined), {
    error: "a statement has either Resource or NotResource",
  });

const documentSchema = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z
    .union([statementSchema, z.array(statementSchema)])
    .transform((value) => (Array.isArray(value) ? value : [value])),
});

/** A statement with one-element lists in place of plain strings. */
export type Statement = z.infer<typeof statementSchema>;

/** The statements of a policy. @throws Error naming the part that cannot be understood. */
export function parsePolicy(json: string): readonly Statement[] {
  const parsed = documentSchema.safeParse(JSON.parse(json));
  if (parsed.success) return parsed.data.Statement;
  throw new Error(`The local cloud cannot evaluate the policy: ${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
}
