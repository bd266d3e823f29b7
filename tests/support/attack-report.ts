/** The report of all attacks on a local cloud, as its API and `npm run attack -- --json` give it. */
import * as z from "zod";

const schema = z.object({
  failed: z.int(),
  notApplicable: z.int(),
  attacks: z.array(
    z.object({
      id: z.string(),
      outcome: z.string(),
      reason: z.string().optional(),
      attempts: z.array(z.looseObject({ layer: z.string() })),
    }),
  ),
});

/** The report, with the attacks that were not defended, and the layers that answered each. */
export function readAttackReport(report: unknown) {
  const { attacks, failed, notApplicable } = schema.parse(report);
  return {
    counts: { failed, notApplicable },
    undefended: attacks.filter(({ outcome }) => outcome !== "defended"),
    layers: Object.fromEntries(
      attacks.map(({ id, attempts }) => [id, [...new Set(attempts.map(({ layer }) => layer))]]),
    ),
  };
}
