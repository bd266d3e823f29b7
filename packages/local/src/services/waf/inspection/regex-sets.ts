/** Regex pattern sets: lists of regular expressions that rules refer to. */
import { randomUUID } from "node:crypto";
import type { RE2JS } from "re2js";
import * as z from "zod";
import { UnsupportedRuleError } from "../settings/errors.ts";
import { compilePcre } from "./pcre.ts";

/** At most 10 patterns of at most 200 characters (WAF/limits). */
const patternSet = z.strictObject({
  id: z.string().optional(),
  name: z.string().min(1),
  scope: z.literal("REGIONAL"),
  regularExpressions: z
    .array(z.strictObject({ regexString: z.string().min(1).max(200) }))
    .max(10)
    .default([]),
});

/** A set as Pulumi's `aws.wafv2.RegexPatternSet` gives it. */
export type RegexSetInput = z.input<typeof patternSet>;

/** Creates the store of regex pattern sets; `arnPrefix` is `arn:aws:wafv2:REGION:ACCOUNT:regional`. */
export function createRegexSets(arnPrefix: string) {
  const patternsByArn = new Map<string, RE2JS[]>();
  const arns = new Map<string, string>();

  /**
   * Creates a set, or replaces the patterns of the one with this id.
   * @throws UnsupportedRuleError naming a construct or a setting that is not supported.
   */
  function put(input: RegexSetInput): { id: string; arn: string } {
    const parsed = patternSet.safeParse(input);
    if (!parsed.success) {
      throw new UnsupportedRuleError(
        `The local cloud does not support the regex pattern set "${input.name}": ${z.prettifyError(parsed.error)}`,
      );
    }
    const { id = randomUUID(), name, regularExpressions } = parsed.data;
    const patterns = regularExpressions.map(({ regexString }) => compilePcre(regexString));
    const arn = `${arnPrefix}/regexpatternset/${name}/${id}`;
    patternsByArn.delete(arns.get(id) ?? "");
    patternsByArn.set(arn, patterns);
    arns.set(id, arn);
    return { id, arn };
  }

  return {
    put,

    /** The ARN of a set. */
    arnOf: (id: string): string | undefined => arns.get(id),

    /** Removes a set; one that does not exist is no error. */
    remove(id: string): void {
      patternsByArn.delete(arns.get(id) ?? "");
      arns.delete(id);
    },

    /** Whether a set with this ARN exists. */
    has: (arn: string): boolean => patternsByArn.has(arn),

    /** Whether one of the set's patterns matches a text. */
    matches: (arn: string, text: string): boolean =>
      patternsByArn.get(arn)?.some((pattern) => pattern.test(text)) ?? false,
  };
}

/** The regex pattern sets of one firewall. */
export type RegexSets = ReturnType<typeof createRegexSets>;
