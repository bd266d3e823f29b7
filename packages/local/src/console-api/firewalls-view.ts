/** Firewalls as the API describes them, and the page reads them. */
import * as z from "zod/mini";

/** The web ACLs. */
export const firewallsSchema = z.strictObject({
  firewalls: z.array(
    z.strictObject({
      name: z.string(),
      rules: z
        .array(
          z.strictObject({
            rule: z.string(),
            groupRule: z.string().check(z.describe("Empty except for a rule of a rule group.")),
            allowed: z.int(),
            blocked: z.int(),
            counted: z.int(),
          }),
        )
        .check(z.describe("In the order of evaluation; the default action is last.")),
      samples: z
        .array(
          z.strictObject({
            time: z.iso.datetime(),
            rule: z.string(),
            groupRule: z.string(),
            action: z.string(),
            method: z.string(),
            uri: z.string().check(z.describe("Without tokens and e-mail addresses.")),
          }),
        )
        .check(z.describe("The newest first, 100 at most.")),
    }),
  ),
});
