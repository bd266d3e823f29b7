/** Attacks as the console's API describes them, and the report of a run of them all. */
import * as z from "zod/mini";

const attack = z.object({
  id: z.string(),
  title: z.string(),
  tries: z.string(),
  expects: z.string(),
});

/** The list of attacks. */
export const attacksSchema = z.object({ attacks: z.array(attack) });

/** What came of an attack: an attempt for each of its targets. */
export const attackResult = z.extend(attack, {
  outcome: z.enum(["defended", "failed", "not-applicable"]),
  reason: z.optional(z.string()),
  attempts: z.array(
    z.object({
      target: z.string(),
      expected: z.string(),
      status: z.optional(z.int()),
      layer: z.optional(z.string()),
      reason: z.optional(z.string()),
      facts: z.record(z.string(), z.union([z.string(), z.number()])),
      requestIds: z.array(z.string()),
      outcome: z.enum(["defended", "failed"]),
      problem: z.optional(z.string()),
    }),
  ),
});

/** An attack. */
export type Attack = z.infer<typeof attack>;

/** What came of one. */
export type AttackResult = z.infer<typeof attackResult>;

/** How often each outcome was given. */
export function countOutcomes(results: readonly AttackResult[]) {
  const count = (wanted: AttackResult["outcome"]) =>
    results.filter(({ outcome }) => outcome === wanted).length;
  return {
    defended: count("defended"),
    failed: count("failed"),
    notApplicable: count("not-applicable"),
  };
}

/** The outcomes in words, for the user. */
export function describeOutcomes(results: readonly AttackResult[]): string {
  const { defended, failed, notApplicable } = countOutcomes(results);
  const none = notApplicable === 0 ? "" : `, ${notApplicable} not applicable`;
  return `${defended} defended, ${failed} failed${none}`;
}

/** The report as a file of JSON; as that of the API, which runs them all in one call. */
export function reportOf(
  results: readonly AttackResult[],
  { startedAt, endedAt }: { readonly startedAt: string; readonly endedAt: string },
): string {
  return JSON.stringify(
    { startedAt, endedAt, ...countOutcomes(results), attacks: results },
    null,
    2,
  );
}
