/** Routes of attacks: list, run one, run all as a report. */
import * as z from "zod";
import type { Attacks } from "../attacks/run.ts";
import { layers } from "../requests/step.ts";
import { ApiProblem } from "./problem.ts";
import { bare, defineRoute, type Route } from "./route.ts";

const attack = z.strictObject({
  id: z.string(),
  title: z.string(),
  tries: z.string().describe("What it tries."),
  expects: z.string().describe("What must happen; each attempt says it for its target."),
});

const attempt = z.strictObject({
  target: z.string().describe("A route, or a topic or function with who tried."),
  expected: z.string(),
  status: z.int().optional().describe("Absent where nothing responded."),
  layer: z.enum(layers).optional().describe("The layer that answered."),
  reason: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).describe("What decided."),
  requestIds: z.array(z.string()),
  outcome: z.enum(["defended", "failed"]),
  problem: z.string().optional().describe("In what the expectation was not met."),
});

const result = attack.extend({
  outcome: z.enum(["defended", "failed", "not-applicable"]),
  reason: z.string().optional().describe("Why it is not applicable."),
  attempts: z.array(attempt),
});

/** The routes; `now` in milliseconds since 1970. */
export function attackRoutes(attacks: Attacks, now: () => number): Route[] {
  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/attacks",
      operationId: "listAttacks",
      summary: "Lists the attacks: what each tries, and what must happen.",
      result: z.strictObject({ attacks: z.array(attack) }),
      handle: () => ({ attacks: [...attacks.list()] }),
    }),
    defineRoute({
      ...bare,
      method: "post",
      path: "/attacks/{id}",
      operationId: "runAttack",
      summary:
        "Runs an attack on everything that is deployed, and judges it by its requests' steps.",
      params: z.strictObject({ id: z.string() }),
      result,
      async handle({ params }) {
        const ran = await attacks.run(params.id);
        if (ran === undefined)
          throw new ApiProblem(404, "There is no such attack; see GET /attacks.");
        return { ...ran, attempts: ran.attempts.map(shown) };
      },
    }),
    defineRoute({
      ...bare,
      method: "post",
      path: "/attacks",
      operationId: "runAllAttacks",
      summary: "Runs every attack, one after the other; the result is a report.",
      result: z.strictObject({
        startedAt: z.iso.datetime(),
        endedAt: z.iso.datetime(),
        defended: z.int(),
        failed: z.int(),
        notApplicable: z.int(),
        attacks: z.array(result),
      }),
      async handle() {
        const startedAt = new Date(now()).toISOString();
        const results = await attacks.runAll();
        const count = (wanted: string) =>
          results.filter(({ outcome }) => outcome === wanted).length;
        return {
          startedAt,
          endedAt: new Date(now()).toISOString(),
          defended: count("defended"),
          failed: count("failed"),
          notApplicable: count("not-applicable"),
          attacks: results.map((one) => ({ ...one, attempts: one.attempts.map(shown) })),
        };
      },
    }),
  ];
}

type Attempts = Awaited<ReturnType<Attacks["runAll"]>>[number]["attempts"];

function shown({ requestIds, ...rest }: Attempts[number]): z.input<typeof attempt> {
  return { ...rest, requestIds: [...requestIds] };
}
