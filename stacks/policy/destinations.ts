/** Rules about what leaves by an input of a resource that has another purpose. */
import * as z from "zod";
import { allOf, type Finding, type Graph, type Rule, ruleFor, unless } from "./graph.ts";
import { accountOf, isOwned } from "./principals.ts";
import { attachedPolicies, readStatements } from "./statements.ts";

const NAME = "data-stays-in-this-app";

const alarmsStay = ruleFor(
  NAME,
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  z.object({
    alarmActions: z.array(z.string()).default([]),
    okActions: z.array(z.string()).default([]),
    insufficientDataActions: z.array(z.string()).default([]),
  }),
  ({ alarmActions, okActions, insufficientDataActions }, graph) =>
    [...alarmActions, ...okActions, ...insufficientDataActions]
      .filter((arn) => !isArnOf(graph, "aws:sns/topic:Topic", arn))
      .map((arn) => `must notify topics of this app, and not ${arn}`),
);

const destination = z.object({ destination: z.string() }).optional();

const eventsStay = ruleFor(
  NAME,
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  z.object({
    destinationConfig: z.object({ onSuccess: destination, onFailure: destination }).prefault({}),
  }),
  ({ destinationConfig: { onSuccess, onFailure } }, graph) =>
    [onSuccess, onFailure]
      .flatMap((one) => one?.destination ?? [])
      .filter((arn) => !isArnOf(graph, "aws:sqs/queue:Queue", arn))
      .map((arn) => `must send events to a queue of this app, and not to ${arn}`),
);

const deadLettersStay = ruleFor(
  NAME,
  "aws:lambda/function:Function",
  z.object({ deadLetterConfig: z.object({ targetArn: z.string() }).optional() }),
  ({ deadLetterConfig }, graph) =>
    unless(
      deadLetterConfig === undefined ||
        isArnOf(graph, "aws:sqs/queue:Queue", deadLetterConfig.targetArn),
      "must send dead letters to a queue of this app",
    ),
);

const usersAreNotAnalysed = ruleFor(
  NAME,
  "aws:cognito/userPoolClient:UserPoolClient",
  z.object({ analyticsConfiguration: z.unknown().optional() }),
  ({ analyticsConfiguration }) =>
    unless(analyticsConfiguration === undefined, "must not send what users do to Pinpoint"),
);

const secretsAreOfOneRegion = ruleFor(
  NAME,
  "aws:secretsmanager/secret:Secret",
  z.object({ replicas: z.array(z.unknown()).default([]) }),
  ({ replicas }) =>
    unless(replicas.length === 0, "must be of one Region: no rule sees the policies of its copies"),
);

/** A role sends to, and reads from, what it may name. */
const grantsAreOfThisAccount: Rule<typeof NAME> = {
  name: NAME,
  check(graph) {
    const account = accountOf(graph);
    return attachedPolicies(graph).flatMap(({ resource, policy }): Finding[] =>
      (readStatements(policy) ?? [])
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Resource = [] }) => Resource.filter((arn) => !isOwned(arn, account)))
        .map((arn) => ({
          resource: resource.name,
          message: `allows something on ${arn}, which is of another account`,
        })),
    );
  },
};

const isArnOf = (graph: Graph, type: string, arn: string) =>
  allOf(graph, type).some(({ outputs }) => outputs["arn"] === arn);

/** Every rule about destinations. */
export const destinationRules = [
  alarmsStay,
  eventsStay,
  deadLettersStay,
  usersAreNotAnalysed,
  secretsAreOfOneRegion,
  grantsAreOfThisAccount,
];
