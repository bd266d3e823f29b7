/** Rules about functions: timeout, reserved concurrency and architecture. */
import * as z from "zod";
import { allOf, type Graph, type GraphResource, type Rule, ruleFor, unless } from "./graph.ts";

/** API Gateway's integration timeout in milliseconds, unless an integration has its own (documented). */
const GATEWAY_TIMEOUT = 29_000;

const integrationSchema = z.object({
  uri: z.string(),
  timeoutMilliseconds: z.number().default(GATEWAY_TIMEOUT),
});

/** How many seconds API Gateway waits for a function. */
function patienceWith({ outputs }: GraphResource, graph: Graph): number {
  const timeouts = allOf(graph, "aws:apigateway/integration:Integration")
    .flatMap(({ inputs }) => integrationSchema.safeParse(inputs).data ?? [])
    .filter(({ uri }) => uri === outputs["invokeArn"])
    .map(({ timeoutMilliseconds }) => timeoutMilliseconds);
  return Math.min(GATEWAY_TIMEOUT, ...timeouts) / 1_000;
}

const functionsAreBounded = ruleFor(
  "functions-are-bounded",
  "aws:lambda/function:Function",
  z.object({
    timeout: z.number().optional(),
    reservedConcurrentExecutions: z.number().optional(),
    architectures: z.array(z.string()).default([]),
  }),
  ({ timeout = 3, reservedConcurrentExecutions = 0, architectures }, graph, resource) => [
    ...unless(
      timeout < patienceWith(resource, graph),
      `must have a timeout below API Gateway's ${patienceWith(resource, graph)} s`,
    ),
    ...unless(reservedConcurrentExecutions > 0, "must have reserved concurrency"),
    ...unless(architectures.join() === "arm64", "must run on arm64"),
  ],
);

/** Every rule about functions. */
export const functionRules: readonly Rule[] = [functionsAreBounded];
