/** Whether Lambda has the concurrency that a stage reserves. */
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-lambda";
import * as z from "zod";
import type { Graph } from "../../stacks/policy/index.ts";
import { type Deployment, type Findings, nothing, refuse } from "./questions.ts";

/** What Lambda keeps for functions that reserve none (documented: LAMBDA/configuration-concurrency). */
const UNRESERVED = 100;

/** "Concurrent executions" in Service Quotas. */
const QUOTA = "L-B99A9384";

const functionSchema = z.object({
  name: z.string(),
  reservedConcurrentExecutions: z.number().default(0),
});

/** The functions of a graph: the name, and what each reserves. */
export const functionsOf = (graph: Graph) =>
  graph
    .filter(({ type }) => type === "aws:lambda/function:Function")
    .map(({ inputs }) => functionSchema.parse(inputs));

/** What a function reserves; undefined where there is no such function. */
export async function readReserved(
  lambda: LambdaClient,
  name: string,
): Promise<number | undefined> {
  try {
    const command = new GetFunctionConcurrencyCommand({ FunctionName: name });
    const { ReservedConcurrentExecutions: reserved = 0 } = await lambda.send(command);
    return reserved;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Asks for the limit, and for what functions of an earlier deployment give back. */
export async function askConcurrency({ stage, graph, aws }: Deployment): Promise<Findings> {
  const functions = functionsOf(graph);
  const needed = sum(functions.map((one) => one.reservedConcurrentExecutions));
  if (needed === 0) return nothing;
  const lambda = new LambdaClient({ ...aws });
  const { AccountLimit = {} } = await lambda.send(new GetAccountSettingsCommand({}));
  const { ConcurrentExecutions: limit = 0, UnreservedConcurrentExecutions: unreserved = 0 } =
    AccountLimit;
  const own = await Promise.all(functions.map(({ name }) => readReserved(lambda, name)));
  const left = unreserved + sum(own.map((reserved = 0) => reserved)) - needed;
  if (left >= UNRESERVED) return nothing;
  const others = limit - unreserved - sum(own.map((reserved = 0) => reserved));
  return refuse([
    `Lambda runs at most ${limit} executions at a time in this account in ${aws.region}, and with stage ${stage} it needs ${limit + UNRESERVED - left}: the stage reserves ${needed}, other functions ${others}, and ${UNRESERVED} must stay unreserved. Request an increase of the quota "Concurrent executions" (${QUOTA}) in Service Quotas to at least that number, or lower concurrency and throttle.burstLimit in stacks/settings/stages.ts.`,
  ]);
}

const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
