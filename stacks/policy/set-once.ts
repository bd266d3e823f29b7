/** The rule about resources that set something of another: it is one of this app, and is set once. */
import { created, type Finding, type Graph, type GraphResource, type Rule } from "./graph.ts";

/** What a resource sets: of which type, if of one only; and the inputs that say what, the other one first. */
type Setter = readonly [of: string | undefined, owned: string, ...more: string[]];

const API = "aws:apigateway/restApi:RestApi";
const POOL = "aws:cognito/userPool:UserPool";
const FUNCTION = "aws:lambda/function:Function";
const QUEUE = "aws:sqs/queue:Queue";
const SECRET = "aws:secretsmanager/secret:Secret";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
const LOG_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";

/** By type; of those that AWS overwrites by name, the first of that name is what is set. */
const setters: Readonly<Record<string, Setter>> = {
  "aws:apigateway/integration:Integration": [API, "restApi", "resourceId", "httpMethod"],
  "aws:apigateway/method:Method": [API, "restApi", "resourceId", "httpMethod"],
  "aws:apigateway/methodSettings:MethodSettings": [API, "restApi", "stageName", "methodPath"],
  "aws:apigateway/response:Response": [API, "restApiId", "responseType"],
  "aws:apigateway/stage:Stage": [API, "restApi", "stageName"],
  "aws:cloudwatch/dashboard:Dashboard": [DASHBOARD, "dashboardName"],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": [LOG_POLICY, "policyName"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [ALARM, "name"],
  "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration": [POOL, "userPoolId"],
  "aws:cognito/riskConfiguration:RiskConfiguration": [POOL, "userPoolId", "clientId"],
  "aws:cognito/userPoolClient:UserPoolClient": [POOL, "userPoolId", "name"],
  "aws:kms/alias:Alias": ["aws:kms/key:Key", "targetKeyId", "name"],
  "aws:lambda/permission:Permission": [
    FUNCTION,
    "function",
    "statementId",
    "action",
    "principal",
    "sourceArn",
  ],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": [
    FUNCTION,
    "functionName",
    "qualifier",
  ],
  "aws:secretsmanager/secretPolicy:SecretPolicy": [SECRET, "secretArn"],
  "aws:secretsmanager/secretVersion:SecretVersion": [SECRET, "secretId"],
  "aws:sns/topicPolicy:TopicPolicy": ["aws:sns/topic:Topic", "arn"],
  "aws:sns/topicSubscription:TopicSubscription": [
    "aws:sns/topic:Topic",
    "topic",
    "protocol",
    "endpoint",
  ],
  "aws:sqs/queuePolicy:QueuePolicy": [QUEUE, "queueUrl"],
  "aws:wafv2/webAclAssociation:WebAclAssociation": [undefined, "resourceArn"],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": [undefined, "resourceArn"],
};

/** Of two policies of a topic, the one that is applied last counts: no rule sees which that is. */
const nothingIsSetTwice: Rule<"nothing-is-set-twice"> = {
  name: "nothing-is-set-twice",
  check(graph) {
    const settings = created(graph).flatMap((resource) => settingOf(graph, resource));
    const elsewhere = settings
      .filter(({ owner }) => owner === undefined)
      .map(({ resource, owned }): Finding => ({
        resource,
        message: `must name a resource of this app by its output (${owned}): it could be another's, or one that is set already`,
      }));
    const repeated = [...Map.groupBy(settings, ({ setting }) => setting).values()].flatMap(
      ([first, ...others]) =>
        others.map(({ resource }): Finding => ({
          resource,
          message: `must not set what ${first?.resource} sets: the one that is applied last counts`,
        })),
    );
    return [...elsewhere, ...repeated];
  },
};

function settingOf(graph: Graph, { type, name, inputs }: GraphResource) {
  if (setters[type] === undefined) return [];
  const [of, owned, ...more] = setters[type];
  // Pulumi chooses a name that no other has.
  if (of === type && inputs[owned] === undefined) return [];
  const owner = ownerOf(graph, of, inputs[owned]);
  // Without a qualifier it is that of the latest code.
  const which = more.map((input) => (inputs[input] === "$LATEST" ? undefined : inputs[input]));
  const setting = JSON.stringify([type, owner?.name, ...which]);
  return [{ resource: name, owned, owner, setting }];
}

/** The resource that others call so: some by more than one name, a queue by an address that ends in its own. */
function ownerOf(graph: Graph, of: string | undefined, called: unknown) {
  const names = [called, ...(of === QUEUE ? [String(called).split("/").at(-1)] : [])];
  return created(graph).find(
    ({ type, id, outputs: { arn, url, name } }) =>
      (of ?? type) === type &&
      [id, arn, url, name].some((one) => one !== undefined && names.includes(one)),
  );
}

/** The rule about what is set once. */
export const setOnceRules = [nothingIsSetTwice];
