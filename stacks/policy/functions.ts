/** Rules about functions: timeout, reserved concurrency and architecture. */
import * as z from "zod";
import { type Rule, ruleFor, unless } from "./graph.ts";

/** API Gateway's integration timeout in seconds (documented). */
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
    ...unless(
      timeout < GATEWAY_TIMEOUT,
      `must have a timeout below API Gateway's ${GATEWAY_TIMEOUT} s`,
    ),
    ...unless(reservedConcurrentExecutions > 0, "must have reserved concurrency"),
    ...unless(architectures.join() === "arm64", "must run on arm64"),
  ],
);

/** Every rule about functions. */
export const functionRules: readonly Rule[] = [functionsAreBounded];
