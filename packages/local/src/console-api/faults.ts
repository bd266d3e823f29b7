/** Routes of faults: list, begin, end. */
import * as z from "zod";
import type { Faults } from "../faults/faults.ts";
import { ApiProblem } from "./problem.ts";
import { bare, defineRoute, type Route } from "./route.ts";

const effect = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("error"),
    code: z
      .string()
      .regex(/^[\w.]{1,100}$/, "expected a code of AWS such as InternalServiceError")
      .default("InternalServiceError"),
    status: z.int().min(400).max(599).default(500),
  }),
  z.strictObject({ kind: z.literal("throttle") }),
  z.strictObject({ kind: z.literal("delay"), milliseconds: z.int().min(1).max(60_000) }),
  z.strictObject({ kind: z.literal("hang") }),
]);

const newFault = z.strictObject({
  call: z.string().describe("`service:operation`, such as `secretsmanager:GetSecretValue`."),
  effect,
  times: z.int().min(1).max(1_000_000).default(1).describe("Each attempt of a client counts."),
});

const fault = z.strictObject({
  id: z.string(),
  call: z.string(),
  effect,
  times: z.int(),
  remaining: z.int().describe("How many calls it still waits for."),
});

const mostFaults = 100;

/** The routes; `operations` are those that the AWS endpoint supports, by service. */
export function faultRoutes(
  faults: Faults,
  operations: ReadonlyMap<string, readonly string[]>,
): Route[] {
  /** A fault of a call that never comes would say nothing. */
  function checkCall(call: string): void {
    const [service = "", operation = ""] = call.split(":");
    const known = operations.get(service);
    if (known?.includes(operation)) return;
    const right = known
      ? `${service} has ${known.join(", ")}.`
      : `The services are ${[...operations.keys()].join(", ")}.`;
    const message = `There is no such call. Expected service:operation. ${right}`;
    throw new ApiProblem(400, "The request is invalid; see errors.", [
      { field: "body.call", message },
    ]);
  }

  /** Each call of AWS looks through them. */
  function checkCount(): void {
    if (faults.list().length < mostFaults) return;
    const detail = `At most ${mostFaults} faults are in force at once: end one first.`;
    throw new ApiProblem(409, detail);
  }

  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/faults",
      operationId: "listFaults",
      summary: "Lists the faults in force.",
      result: z.strictObject({ faults: z.array(fault) }),
      handle: () => ({ faults: faults.list() }),
    }),
    defineRoute({
      ...bare,
      method: "post",
      path: "/faults",
      operationId: "beginFault",
      summary: "Makes a call of AWS fail, hang, be throttled or slow, for a number of calls.",
      body: newFault,
      status: 201,
      result: fault,
      handle({ body }) {
        checkCall(body.call);
        checkCount();
        return faults.begin(body);
      },
    }),
    defineRoute({
      ...bare,
      method: "delete",
      path: "/faults/{id}",
      operationId: "endFault",
      summary: "Ends a fault; a call that hangs goes on.",
      params: z.strictObject({ id: z.string() }),
      status: 204,
      handle({ params }) {
        if (!faults.end(params.id)) throw new ApiProblem(404, "There is no such fault in force.");
        return undefined;
      },
    }),
  ];
}
