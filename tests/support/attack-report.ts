/** The report of all attacks on a local cloud, as its API and `npm run attack -- --json` give it. */
import * as z from "zod";

const schema = z.object({
  failed: z.int(),
  attacks: z.array(
    z.object({
      id: z.string(),
      outcome: z.string(),
      reason: z.string().optional(),
      attempts: z.array(z.looseObject({ layer: z.string() })),
    }),
  ),
});

/**
 * The report, with the attacks that were not defended, and the layers that answered each. On a machine that
 * is too busy to flood a route there is no flood: the tests of the local cloud show it for certain.
 */
export function readAttackReport(report: unknown) {
  const { attacks, failed } = schema.parse(report);
  return {
    failed,
    undefended: attacks.filter(
      ({ id, outcome, reason = "" }) =>
        outcome !== "defended" &&
        !(id === "flood" && reason.startsWith("this machine is too slow")),
    ),
    layers: Object.fromEntries(
      attacks.map(({ id, attempts }) => [id, [...new Set(attempts.map(({ layer }) => layer))]]),
    ),
  };
}
