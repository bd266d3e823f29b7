/** Rules about what leaves by an input of a resource that has another purpose. */
import * as z from "zod";
import { allOf, created, type Finding, type Graph, type Rule, ruleFor, unless } from "./graph.ts";
import { functionWithVariables } from "./code.ts";
import { readJson } from "./json.ts";
import { accountOf, ownerOf } from "./principals.ts";
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

const queuesKeepTheirLetters = ruleFor(
  NAME,
  "aws:sqs/queue:Queue",
  z.object({ redrivePolicy: z.unknown().optional() }),
  ({ redrivePolicy }, graph) =>
    (JSON.stringify(redrivePolicy ?? "").match(/arn:[^"\\]+/g) ?? [])
      .filter((arn) => !isArnOf(graph, "aws:sqs/queue:Queue", arn))
      .map((arn) => `must pass messages on to a queue of this app, and not to ${arn}`),
);

const codeIsPrivate = ruleFor(
  NAME,
  "aws:s3/bucketObjectv2:BucketObjectv2",
  z.object({ acl: z.string().default("private") }),
  ({ acl }) => unless(acl === "private", `must be private, and not ${acl}`),
);

/** What leads the AWS SDK and Node.js to other hosts, or to trust them (documented: SDKREF/settings-reference). */
const leadsElsewhere =
  /^(?:AWS_ENDPOINT_URL\w*|AWS_CONFIG_FILE|AWS_CONTAINER_CREDENTIALS_\w+|AWS_SHARED_CREDENTIALS_FILE|AWS_PROFILE|(?:HTTPS?|ALL)_PROXY|NODE_EXTRA_CA_CERTS|NODE_TLS_REJECT_UNAUTHORIZED|SSL_CERT_(?:FILE|DIR))$/i;

const callsGoToAws = ruleFor(
  NAME,
  "aws:lambda/function:Function",
  functionWithVariables,
  ({ environment }) =>
    Object.keys(environment?.variables ?? {})
      .filter((variable) => leadsElsewhere.test(variable))
      .map((variable) => `must not set ${variable}, which can lead calls of AWS elsewhere`),
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

const dashboard = z.object({ widgets: z.array(z.object({ type: z.string() })) });

/** A custom widget calls a function with the rights of who looks at it (CLOUDWATCH/add_custom_widget_dashboard). */
const dashboardsOnlyShow = ruleFor(
  NAME,
  "aws:cloudwatch/dashboard:Dashboard",
  z.object({ dashboardBody: z.string() }),
  ({ dashboardBody }) => {
    const { data } = dashboard.safeParse(readJson(dashboardBody));
    return unless(
      data?.widgets.every(({ type }) => type !== "custom") === true,
      "must have no custom widgets, which call functions",
    );
  },
);

/** A role sends to, and reads from, what it may name. */
const grantsAreOfThisAccount: Rule<typeof NAME> = {
  name: NAME,
  check(graph) {
    const account = accountOf(graph);
    const isOurs = (arn: string) =>
      arn === "*" ||
      (ownerOf(arn) === undefined ? isOfGraph(graph, arn) : ownerOf(arn) === account);
    return attachedPolicies(graph).flatMap(({ resource, policy }): Finding[] =>
      (readStatements(policy) ?? [])
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Resource = [] }) => Resource.filter((arn) => !isOurs(arn)))
        .map((arn) => ({
          resource: resource.name,
          message: `allows something on ${arn}, which is of another account`,
        })),
    );
  },
};

/** Whether it is a resource of the graph, or something in one: an ARN without an account may be anyone's. */
const isOfGraph = (graph: Graph, arn: string) =>
  created(graph).some(
    // A component, or the stack, can call anything its ARN.
    ({ id, outputs }) =>
      id !== "" && (outputs["arn"] === arn || arn.startsWith(`${String(outputs["arn"])}/`)),
  );

const isArnOf = (graph: Graph, type: string, arn: string) =>
  allOf(graph, type).some(({ outputs }) => outputs["arn"] === arn);

/** Every rule about destinations. */
export const destinationRules = [
  alarmsStay,
  eventsStay,
  deadLettersStay,
  queuesKeepTheirLetters,
  codeIsPrivate,
  callsGoToAws,
  usersAreNotAnalysed,
  secretsAreOfOneRegion,
  dashboardsOnlyShow,
  grantsAreOfThisAccount,
];
