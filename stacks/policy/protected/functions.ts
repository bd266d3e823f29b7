/** Rules about the functions of protected stages. */
import * as z from "zod";
import { ruleFor, unless } from "../graph.ts";

/** What is reserved is there whatever other functions do, and what one of ours takes is bounded. */
const functionsReserveConcurrency = ruleFor(
  "functions-reserve-concurrency",
  "aws:lambda/function:Function",
  z.object({ reservedConcurrentExecutions: z.number().optional() }),
  ({ reservedConcurrentExecutions = 0 }) =>
    unless(reservedConcurrentExecutions > 0, "must have reserved concurrency"),
);

/** Every rule about the functions of protected stages. */
export const protectedFunctionRules = [functionsReserveConcurrency];
