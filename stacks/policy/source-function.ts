/** Rules about functions' credentials: each grant is for calls of the code of one function. */
import * as z from "zod";
import { allOf, type Graph, type GraphResource, type Rule, ruleFor } from "./graph.ts";
import { attachedPolicies, readStatements, type PolicyStatement } from "./statements.ts";

const NAME = "grants-are-for-one-function";
const KEY = "lambda:SourceFunctionArn";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ofRoles = [ROLE, ROLE_POLICY];

/** Of the calls that Lambda itself makes with a role the key is not sent (documented: LAMBDA/permissions-source-function-arn). */
const ofLambda = {
  log: ["logs:CreateLogStream", "logs:PutLogEvents"],
  trace: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
  destination: ["sqs:SendMessage"],
  source: [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
  ],
};

/** What services do with a key for the role: `keys-are-used-through-services` lets no one else use it. */
const throughServices = ["kms:Decrypt", "kms:GenerateDataKey"];

const functionSchema = z.object({
  role: z.string(),
  loggingConfig: z.object({ logGroup: z.string() }).optional(),
});

const grantsAreForOneFunction = ruleFor(
  NAME,
  "aws:lambda/function:Function",
  functionSchema,
  ({ role, loggingConfig }, graph, lambda) => {
    const destinations = destinationsOf(graph, lambda);
    const sources = sourcesOf(graph, lambda);
    const keys = allOf(graph, "aws:kms/key:Key").map(({ outputs }) => outputs["arn"]);
    const isOwnLog = (arn: string) => arn.endsWith(`:log-group:${loggingConfig?.logGroup}:*`);
    return statementsOf(graph, role)
      .filter(({ Effect }) => Effect === "Allow")
      .filter((one) => !isOnly(one, ofLambda.log, isOwnLog))
      .filter((one) => !isOnly(one, ofLambda.trace, (arn) => arn === "*"))
      .filter((one) => !isOnly(one, ofLambda.destination, (arn) => destinations.includes(arn)))
      .filter((one) => !isOnly(one, ofLambda.source, (arn) => sources.includes(arn)))
      .filter((one) => !isOnly(one, throughServices, (arn) => keys.includes(arn)))
      .filter((statement) => !isFrom(statement, lambda.outputs["arn"]))
      .map(
        ({ Action = ["everything"] }) =>
          `must be allowed ${Action.join(", ")} by a condition on its own calls (${KEY})`,
      );
  },
);

/** Whether a statement is about these actions and resources only. */
const isOnly = (
  { Action = ["*"], Resource = ["*"] }: PolicyStatement,
  actions: readonly string[],
  isResource: (arn: string) => boolean,
) => Action.every((action) => actions.includes(action)) && Resource.every(isResource);

/** The statements of a role's policies: its own, and those that are resources of their own. */
function statementsOf(graph: Graph, roleArn: string): readonly PolicyStatement[] {
  const role = allOf(graph, ROLE).find(({ outputs }) => outputs["arn"] === roleArn);
  const name = roleArn.split("/").at(-1);
  const own = allOf(graph, ROLE_POLICY).filter(({ inputs }) => inputs["role"] === name);
  return attachedPolicies([...(role === undefined ? [] : [role]), ...own]).flatMap(
    ({ policy }) => readStatements(policy) ?? [],
  );
}

/** Whether a statement is for the calls of this function only. */
function isFrom({ Condition }: PolicyStatement, functionArn: unknown): boolean {
  const named = Condition["ArnEquals"]?.[KEY] ?? [];
  return named.length === 1 && named[0] === functionArn;
}

const invokeConfigSchema = z.object({
  functionName: z.string(),
  destinationConfig: z.object({ onFailure: z.object({ destination: z.string() }) }),
});

/** The destination of a function's failed events. */
const destinationsOf = (graph: Graph, { inputs }: GraphResource): string[] =>
  allOf(graph, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig")
    .flatMap((config) => invokeConfigSchema.safeParse(config.inputs).data ?? [])
    .filter(({ functionName }) => functionName === inputs["name"])
    .map(({ destinationConfig }) => destinationConfig.onFailure.destination);

/** The queues that Lambda reads for a function. */
const sourcesOf = (graph: Graph, { inputs, outputs }: GraphResource): unknown[] =>
  allOf(graph, "aws:lambda/eventSourceMapping:EventSourceMapping")
    .filter(({ inputs: { functionName } }) =>
      [inputs["name"], outputs["arn"]].includes(functionName),
    )
    .map(({ inputs: { eventSourceArn } }) => eventSourceArn);

/** The key has no effect in the policies of resources (documented there). */
const notInPoliciesOfResources: Rule<typeof NAME> = {
  name: NAME,
  check: (graph) =>
    attachedPolicies(graph)
      .filter(({ resource }) => !ofRoles.includes(resource.type))
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
