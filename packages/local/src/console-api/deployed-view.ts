/** What the deployments made, as the API describes it and the page reads it. */
import * as z from "zod/mini";

/** What the latest deployment changed. */
export const changesSchema = z.strictObject({
  changes: z.array(
    z.strictObject({
      stage: z.string(),
      urn: z.string(),
      type: z.string(),
      name: z.string(),
      kind: z.enum(["added", "removed", "changed"]),
      inputs: z
        .array(
          z.strictObject({
            name: z.string(),
            before: z.nullable(z.string()),
            after: z.nullable(z.string()),
          }),
        )
        .check(z.describe("Those that are different, as JSON.")),
    }),
  ),
});

/** Who may call what. */
export const grantsSchema = z.strictObject({
  grants: z.array(
    z.strictObject({
      who: z.string(),
      effect: z.enum(["may", "may not"]),
      actions: z.string(),
      on: z.string(),
      when: z.string().check(z.describe("The condition; empty without one.")),
      policy: z.string().check(z.describe("The policy that says so.")),
    }),
  ),
});

/** The secrets, without their values. */
export const secretsSchema = z.strictObject({
  secrets: z.array(
    z.strictObject({
      name: z.string(),
      createdAt: z.iso.datetime(),
      changedAt: z.iso.datetime().check(z.describe("When it, or its value, was last changed.")),
    }),
  ),
});
