/** Rules about functions' credentials: each grant is for calls of the code of one function. */
import * as z from "zod";
import { allOf, type Graph, type GraphResource, type Rule, ruleFor } from "./graph.ts";
import { attachedPolicies, readStatements, type PolicyStatement } from "./statements.ts";

const NAME = "grants-are-for-one-function";
const KEY = "lambda:SourceFunctionArn";
const ROLE = "aws:iam/role:Role";

/**
 * What Lambda itself does for every function with its role; of other calls outside the execution
 * environment, such as to a destination, the key is not sent (documented:
 * LAMBDA/permissions-source-function-arn).
 */
const ofLambda = [
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

const grantsAreForOneFunction = ruleFor(
  NAME,
  "aws:lambda/function:Function",
  z.object({ role: z.string() }),
  ({ role }, graph, lambda) => {
    const destinations = destinationsOf(graph, lambda);
    return statementsOf(graph, role)
      .filter(({ Effect }) => Effect === "Allow")
      .filter(({ Action = ["*"] }) => !Action.every((action) => ofLambda.includes(action)))
      .filter(({ Resource = ["*"] }) => !Resource.every((arn) => destinations.includes(arn)))
      .filter((statement) => !isFrom(statement, lambda.outputs["arn"]))
      .map(
        ({ Action = ["everything"] }) =>
          `must be allowed ${Action.join(", ")} by a condition on its own calls (${KEY})`,
      );
  },
);

/** The statements of a role's own policies. */
const statementsOf = (graph: Graph, roleArn: string): readonly PolicyStatement[] =>
  attachedPolicies(allOf(graph, ROLE).filter(({ outputs }) => outputs["arn"] === roleArn)).flatMap(
    ({ policy }) => readStatements(policy) ?? [],
  );

/** Whether a statement is for the calls of this function only. */
function isFrom({ Condition }: PolicyStatement, functionArn: unknown): boolean {
  const named = Condition["ArnEquals"]?.[KEY] ?? [];
  return named.length === 1 && named[0] === functionArn;
}

const invokeConfigSchema = z.object({
  functionName: z.string(),
  destinationConfig: z.object({ onFailure: z.object({ destination: z.string() }) }),
});

/** The destination of a function's failed events, and the key of that queue. */
function destinationsOf(graph: Graph, { inputs }: GraphResource): string[] {
  const destinations = allOf(
    graph,
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  )
    .flatMap((config) => invokeConfigSchema.safeParse(config.inputs).data ?? [])
    .filter(({ functionName }) => functionName === inputs["name"])
    .map(({ destinationConfig }) => destinationConfig.onFailure.destination);
  const keys = allOf(graph, "aws:sqs/queue:Queue")
    .filter(({ outputs }) => destinations.some((arn) => arn === outputs["arn"]))
    .flatMap((queue) => queue.inputs["kmsMasterKeyId"] ?? [])
    .map(String);
  return [...destinations, ...keys];
}

/** The key has no effect in the policies of resources (documented there). */
const notInPoliciesOfResources: Rule<typeof NAME> = {
  name: NAME,
  check: (graph) =>
    attachedPolicies(graph)
      .filter(({ resource }) => resource.type !== ROLE)
      .flatMap(({ resource, policy }) =>
        (readStatements(policy) ?? [])
          .filter(({ Condition }) =>
            Object.values(Condition).some((keys) => Object.hasOwn(keys, KEY)),
          )
          .map(() => ({
            resource: resource.name,
            message: `has a condition on ${KEY}, which only the policies of roles can have`,
          })),
      ),
};

/** Every rule about functions' credentials. */
export const sourceFunctionRules = [grantsAreForOneFunction, notInPoliciesOfResources];
