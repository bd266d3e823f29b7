/** Settings of data protection, in the shape of Pulumi's `aws.wafv2.WebAcl` (WAF-API/FieldToProtect). */
import * as z from "zod";

const fieldKeys = z.array(z.string().min(1).max(64).regex(/\S/)).max(100).default([]);

/** Without keys every field of the type is protected. Query strings and bodies have none. */
const field = z.discriminatedUnion("fieldType", [
  z.strictObject({ fieldType: z.literal("SINGLE_HEADER"), fieldKeys }),
  z.strictObject({ fieldType: z.literal("SINGLE_COOKIE"), fieldKeys }),
  z.strictObject({ fieldType: z.literal("SINGLE_QUERY_ARGUMENT"), fieldKeys }),
  z.strictObject({ fieldType: z.literal("QUERY_STRING") }),
  z.strictObject({ fieldType: z.literal("BODY") }),
]);

/**
 * The exceptions have no effect: no rule match details are written here, and rates are counted by
 * address, which no field protects.
 */
const protection = z
  .strictObject({
    action: z.enum(["SUBSTITUTION", "HASH"]),
    field,
    excludeRuleMatchDetails: z.boolean().optional(),
    excludeRateBasedDetails: z.boolean().optional(),
  })
  .transform(({ action, field: { fieldType, ...rest } }): Protection => ({
    action,
    fieldType,
    fieldKeys: "fieldKeys" in rest ? rest.fieldKeys : [],
  }));

/** A field of requests that log and samples do not hold as it is. */
export interface Protection {
  readonly action: "SUBSTITUTION" | "HASH";
  readonly fieldType: z.output<typeof field>["fieldType"];
  /** Empty for all. */
  readonly fieldKeys: readonly string[];
}

/** From 1 to 26 protections (WAF's API model). */
export const dataProtectionConfig = z
  .strictObject({ dataProtections: z.array(protection).min(1).max(26) })
  .transform(({ dataProtections }) => dataProtections)
  .default([]);
