/** Rules about functions: timeout, concurrency, architecture, and room for bursts. */
import * as z from "zod";
import { allOf, type Graph, type GraphResource, ruleFor, unless } from "./graph.ts";

/** API Gateway's integration timeout in milliseconds, unless an integration has its own (documented). */
const GATEWAY_TIMEOUT = 29_000;

const integrationSchema = z.object({
  restApi: z.string(),
  uri: z.string(),
  timeoutMilliseconds: z.number().default(GATEWAY_TIMEOUT),
});

/** The integrations behind which a function stands. */
const integrationsOf = ({ outputs }: GraphResource, graph: Graph) =>
  allOf(graph, "aws:apigateway/integration:Integration")
    .flatMap(({ inputs }) => integrationSchema.safeParse(inputs).data ?? [])
    .filter(({ uri }) => uri === outputs["invokeArn"]);

/** How many seconds API Gateway waits for a function. */
function patienceWith(lambda: GraphResource, graph: Graph): number {
  const timeouts = integrationsOf(lambda, graph).map(
    ({ timeoutMilliseconds }) => timeoutMilliseconds,
  );
  return Math.min(GATEWAY_TIMEOUT, ...timeouts) / 1_000;
}

const functionsAreBounded = ruleFor(
  "functions-are-bounded",
  "aws:lambda/function:Function",
  z.object({
    timeout: z.number().optional(),
    memorySize: z.number().optional(),
    reservedConcurrentExecutions: z.number().optional(),
    architectures: z.array(z.string()).default([]),
  }),
  ({ timeout, memorySize, reservedConcurrentExecutions, architectures }, graph, resource) => [
    ...unless(memorySize !== undefined, "must name its memory: the default is 128 MB"),
    ...unless(
      timeout !== undefined && timeout < patienceWith(resource, graph),
      `must have a timeout below API Gateway's ${patienceWith(resource, graph)} s`,
    ),
    ...unless(reservedConcurrentExecutions !== 0, "must not have a reserved concurrency of 0"),
    ...unless(architectures.join() === "arm64", "must run on arm64"),
  ],
);

const settingsSchema = z.object({
  restApi: z.string(),
  methodPath: z.literal("*/*"),
  settings: z.object({ throttlingBurstLimit: z.number() }),
});

/**
 * Without it a burst that the throttle admits is answered with 500, where 429 is meant. A function that
 * reserves none has what the account has not reserved.
 */
const burstsHaveConcurrency = ruleFor(
  "bursts-have-concurrency",
  "aws:lambda/function:Function",
  z.object({ reservedConcurrentExecutions: z.number().optional() }),
  ({ reservedConcurrentExecutions: reserved = Infinity }, graph, lambda) => {
    const bursts = burstsOf(lambda, graph);
    const needed = bursts.reduce((sum, burst) => sum + burst, 0);
    return unless(
      reserved >= needed,
      `must have reserved concurrency for the bursts of its ${bursts.length} methods: ${needed}`,
    );
  },
);

/** The burst of each method behind which a function stands. */
function burstsOf(lambda: GraphResource, graph: Graph): number[] {
  const limits = allOf(graph, "aws:apigateway/methodSettings:MethodSettings").flatMap(
    ({ inputs }) => settingsSchema.safeParse(inputs).data ?? [],
  );
  return integrationsOf(lambda, graph)
    .flatMap(({ restApi }) => limits.filter((limit) => limit.restApi === restApi).slice(0, 1))
    .map(({ settings }) => settings.throttlingBurstLimit);
}

/** Every rule about functions. */
export const functionRules = [functionsAreBounded, burstsHaveConcurrency];
