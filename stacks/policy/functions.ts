/** Rules about functions: they end in time, and take no more of the account than they may. */
import * as z from "zod";
import { type Rule, ruleFor, unless } from "./graph.ts";

/** Seconds that API Gateway waits for a function (documented). */
const GATEWAY_TIMEOUT = 29;

const functionsAreBounded = ruleFor(
  "functions-are-bounded",
  "aws:lambda/function:Function",
  z.object({
    timeout: z.number().optional(),
    reservedConcurrentExecutions: z.number().optional(),
    architectures: z.array(z.string()).default([]),
  }),
  ({ timeout = 3, reservedConcurrentExecutions = 0, architectures }) => [
    ...unless(timeout < GATEWAY_TIMEOUT, `must end before API Gateway's ${GATEWAY_TIMEOUT} s`),
    ...unless(reservedConcurrentExecutions > 0, "must have a limit of how many run at a time"),
    ...unless(architectures.join() === "arm64", "must run on arm64"),
  ],
);

/** Every rule about functions. */
export const functionRules: readonly Rule[] = [functionsAreBounded];
