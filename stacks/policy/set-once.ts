/** The rule about resources that set something of another: it is one of this app, and is set once. */
import { created, type Finding, type Graph, type GraphResource, type Rule } from "./graph.ts";

/** Of which type a resource names another, if of one only, and by which input. */
type Owner = readonly [type: string | undefined, input: string];

const API = "aws:apigateway/restApi:RestApi";
const POOL = "aws:cognito/userPool:UserPool";
const FUNCTION = "aws:lambda/function:Function";
const QUEUE = "aws:sqs/queue:Queue";
const SECRET = "aws:secretsmanager/secret:Secret";
const TOPIC = "aws:sns/topic:Topic";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
const LOG_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";

/** What sets something of another resource, by type, with the inputs that say which of its settings. */
const setters: Readonly<Record<string, readonly [...Owner, ...which: string[]]>> = {
  "aws:apigateway/integration:Integration": [API, "restApi", "resourceId", "httpMethod"],
  "aws:apigateway/method:Method": [API, "restApi", "resourceId", "httpMethod"],
  "aws:apigateway/methodSettings:MethodSettings": [API, "restApi", "stageName", "methodPath"],
  "aws:apigateway/response:Response": [API, "restApiId", "responseType"],
  "aws:apigateway/stage:Stage": [API, "restApi", "stageName"],
  "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration": [POOL, "userPoolId"],
  "aws:cognito/riskConfiguration:RiskConfiguration": [POOL, "userPoolId", "clientId"],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": [
    FUNCTION,
    "functionName",
    "qualifier",
  ],
  "aws:secretsmanager/secretPolicy:SecretPolicy": [SECRET, "secretArn"],
  "aws:secretsmanager/secretVersion:SecretVersion": [SECRET, "secretId"],
  "aws:sns/topicPolicy:TopicPolicy": [TOPIC, "arn"],
  "aws:sqs/queuePolicy:QueuePolicy": [QUEUE, "queueUrl"],
  "aws:wafv2/webAclAssociation:WebAclAssociation": [undefined, "resourceArn"],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": [undefined, "resourceArn"],
  // AWS overwrites these by name.
  [ALARM]: [ALARM, "name"],
  [DASHBOARD]: [DASHBOARD, "dashboardName"],
  [LOG_POLICY]: [LOG_POLICY, "policyName"],
};

/** Of these a resource can have several. */
const parts: Readonly<Record<string, Owner>> = {
  "aws:cognito/userPoolClient:UserPoolClient": [POOL, "userPoolId"],
  "aws:kms/alias:Alias": ["aws:kms/key:Key", "targetKeyId"],
  "aws:lambda/permission:Permission": [FUNCTION, "function"],
  "aws:sns/topicSubscription:TopicSubscription": [TOPIC, "topic"],
};

/** Of two policies of a topic, the one that is applied last counts: no rule sees which that is. */
const nothingIsSetTwice: Rule<"nothing-is-set-twice"> = {
  name: "nothing-is-set-twice",
  check(graph) {
    const elsewhere = created(graph).flatMap((resource): Finding[] => {
      const [type, input] = setters[resource.type] ?? parts[resource.type] ?? [];
      if (input === undefined || isNamedByPulumi(resource, type, input)) return [];
      return ownerOf(graph, type, resource.inputs[input]) === undefined
        ? [finding(resource, `must name a resource of this app by its output (${input})`)]
        : [];
    });
    const settings = created(graph).flatMap((resource) => settingOf(graph, resource));
    const repeated = [...Map.groupBy(settings, ({ setting }) => setting).values()].flatMap(
      ([first, ...others]) =>
        others.map(({ resource }) =>
          finding(
            resource,
            `must not set what ${first?.resource.name} sets: the one that is applied last counts`,
          ),
        ),
    );
    return [...elsewhere, ...repeated];
  },
};

const finding = ({ name }: GraphResource, message: string): Finding => ({
  resource: name,
  message,
});

/** Pulumi chooses a name that no other has. */
const isNamedByPulumi = ({ type, inputs }: GraphResource, of: string | undefined, input: string) =>
  of === type && inputs[input] === undefined;

function settingOf(graph: Graph, resource: GraphResource) {
  const { type, inputs } = resource;
  const [of, input, ...which] = setters[type] ?? [];
  if (input === undefined || isNamedByPulumi(resource, of, input)) return [];
  const owner = ownerOf(graph, of, inputs[input])?.name;
  // Without a qualifier it is that of the latest code.
  const values = which.map((one) => (inputs[one] === "$LATEST" ? undefined : inputs[one]));
  return [{ resource, setting: JSON.stringify([type, owner, ...values]) }];
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
