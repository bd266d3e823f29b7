/** AWS's limits, at their edges: what a stage's names and settings could go beyond. */
import { describe, expect, it } from "vitest";
import { checkGraph } from "../../stacks/policy/index.ts";

const rule = "within-aws-limits";

function beyond(type: string, inputs: Readonly<Record<string, unknown>>): string[] {
  const resource = { id: "one", type, name: "One", parent: "", inputs, outputs: {} };
  return checkGraph([resource], { protect: false })
    .filter((violation) => violation.rule === rule)
    .map(({ message }) => message);
}

const letters = (length: number) => "a".repeat(length);
const many = <T>(length: number, value: T) => Array.from({ length }, () => value);
const policyOf = (size: number) => JSON.stringify(letters(size - 2));
const statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };

const FUNCTION = "aws:lambda/function:Function";
const ROLE = "aws:iam/role:Role";
const STAGE = "aws:apigateway/stage:Stage";
const DOMAIN = "aws:cognito/userPoolDomain:UserPoolDomain";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const SECRET = "aws:secretsmanager/secret:Secret";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const RESPONSE = "aws:apigateway/response:Response";

const variables = (size: number) => ({ environment: { variables: { A: "", BB: letters(size) } } });
const format = (text: string) => ({ accessLogSettings: { format: text } });
const header = (value: string) => ({ responseParameters: { "gatewayresponse.header.A": value } });
const policies = (size: number) => ({ inlinePolicies: [{ policy: `  ${letters(size)}\n` }] });
const rateRule = (limit: number, evaluationWindowSec = 300) => ({
  rules: [{ priority: 0, statement: { rateBasedStatement: { limit, evaluationWindowSec } } }],
});

/** The type, inputs that AWS takes, inputs that it does not, and where the finding points. */
const rows: [string, Record<string, unknown>, Record<string, unknown>, string][] = [
  [FUNCTION, { name: letters(64) }, { name: letters(65) }, "name"],
  [FUNCTION, { name: "a-b_c" }, { name: "a.b" }, "name"],
  [FUNCTION, { timeout: 900 }, { timeout: 901 }, "timeout"],
  [FUNCTION, { memorySize: 128 }, { memorySize: 127 }, "memorySize"],
  [FUNCTION, { description: letters(256) }, { description: letters(257) }, "description"],
  [
    FUNCTION,
    { environment: { variables: { BIG: letters(3_062) } } },
    { environment: { variables: { BIG: letters(3_063) } } },
    "environment.variables",
  ],
  [
    FUNCTION,
    { environment: { variables: { QUOTES: '"'.repeat(1_500) } } },
    { environment: { variables: { QUOTES: '"'.repeat(1_600) } } },
    "environment.variables",
  ],
  [FUNCTION, { environment: { variables: { AB: "" } } }, variables(1), "environment.variables.A"],
  [FUNCTION, { layers: many(5, "l") }, { layers: many(6, "l") }, "layers"],
  [FUNCTION, { tags: { a: "b" } }, { tags: { "aws:a": "b" } }, "tags.aws:a"],
  [FUNCTION, { tags: { a: letters(256) } }, { tags: { a: letters(257) } }, "tags.a"],
  [ROLE, { name: letters(64) }, { name: letters(65) }, "name"],
  [ROLE, policies(10_240), policies(10_241), "inlinePolicies"],
  [ROLE, { assumeRolePolicy: letters(2_048) }, { assumeRolePolicy: letters(2_049) }, "assume"],
  [ROLE, { managedPolicyArns: many(10, "a") }, { managedPolicyArns: many(11, "a") }, "managed"],
  [ROLE, { description: "für" }, { description: "一" }, "description"],
  [STAGE, { stageName: letters(128) }, { stageName: "a.b" }, "stageName"],
  [STAGE, format("$context.requestId"), format("$context.status"), "accessLogSettings.format"],
  [STAGE, format("$context.extendedRequestId"), format("$context.requestId\n"), "accessLog"],
  [
    STAGE,
    format(`$context.requestId ${letters(3_000)}`),
    format(`$context.requestId ${letters(3_072)}`),
    "accessLogSettings.format",
  ],
  [
    "aws:apigateway/integration:Integration",
    { timeoutMilliseconds: 29_000 },
    { timeoutMilliseconds: 29_001 },
    "timeoutMilliseconds",
  ],
  ["aws:apigateway/model:Model", { name: "GreetRequest" }, { name: "greet-request" }, "name"],
  ["aws:apigateway/restApi:RestApi", { policy: policyOf(8_192) }, { policy: policyOf(8_193) }, ""],
  ["aws:apigateway/apiKey:ApiKey", { value: letters(20) }, { value: letters(19) }, "value"],
  [RESPONSE, header("'https://a.com'"), header("'https://a'b.com'"), "responseParameters"],
  [DOMAIN, { domain: letters(63) }, { domain: letters(64) }, "domain"],
  [DOMAIN, { domain: "app-prod-1" }, { domain: "app-dawson-1" }, "domain"],
  [DOMAIN, { domain: "app" }, { domain: "my-amazon" }, "domain"],
  [DOMAIN, { domain: "app" }, { domain: "cognitos" }, "domain"],
  [DOMAIN, { domain: "app" }, { domain: "App" }, "domain"],
  [DOMAIN, { domain: "app" }, { domain: "app-" }, "domain"],
  [CLIENT, { idTokenValidity: 24 }, { idTokenValidity: 25 }, "idTokenValidity"],
  [
    CLIENT,
    { accessTokenValidity: 5, tokenValidityUnits: { accessToken: "minutes" } },
    { accessTokenValidity: 4, tokenValidityUnits: { accessToken: "minutes" } },
    "accessTokenValidity",
  ],
  [CLIENT, { refreshTokenValidity: 3_650 }, { refreshTokenValidity: 3_651 }, "refreshToken"],
  [CLIENT, { callbackUrls: many(100, "https://a") }, { callbackUrls: many(101, "a") }, "callback"],
  [
    "aws:cognito/userPool:UserPool",
    { passwordPolicy: { minimumLength: 99 } },
    { passwordPolicy: { minimumLength: 100 } },
    "passwordPolicy.minimumLength",
  ],
  ["aws:sns/topic:Topic", { name: letters(256) }, { name: letters(257) }, "name"],
  [QUEUE, { name: letters(80) }, { name: letters(81) }, "name"],
  [QUEUE, { messageRetentionSeconds: 1_209_600 }, { messageRetentionSeconds: 1_209_601 }, "mess"],
  [QUEUE_POLICY, { policy: policyOf(8_192) }, { policy: policyOf(8_193) }, "policy"],
  [
    QUEUE_POLICY,
    { policy: JSON.stringify({ Statement: many(20, statement) }) },
    { policy: JSON.stringify({ Statement: many(21, statement) }) },
    "policy",
  ],
  [SECRET, { name: letters(512) }, { name: letters(513) }, "name"],
  [SECRET, { name: "a/b/topic" }, { name: "a/b-secret" }, "name"],
  [SECRET, { recoveryWindowInDays: 7 }, { recoveryWindowInDays: 6 }, "recoveryWindowInDays"],
  ["aws:kms/alias:Alias", { name: "alias/a" }, { name: "alias/aws/a" }, "name"],
  ["aws:kms/key:Key", { policy: policyOf(32_768) }, { policy: policyOf(32_769) }, "policy"],
  [LOG_GROUP, { name: letters(512) }, { name: letters(513) }, "name"],
  [LOG_GROUP, { name: "/aws/lambda/a" }, { name: "aws/lambda" }, "name"],
  [LOG_GROUP, { retentionInDays: 365 }, { retentionInDays: 360 }, "retentionInDays"],
  [
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    { policyDocument: letters(5_120) },
    { policyDocument: letters(5_121) },
    "policyDocument",
  ],
  [ALARM, { name: letters(255) }, { name: letters(256) }, "name"],
  [ALARM, { alarmActions: many(5, "a") }, { alarmActions: many(6, "a") }, "alarmActions"],
  [ALARM, { period: 300 }, { period: 45 }, "period"],
  [ALARM, { period: 60, evaluationPeriods: 1_440 }, { period: 60, evaluationPeriods: 1_441 }, "ev"],
  [
    ALARM,
    { period: 3_600, evaluationPeriods: 168 },
    { period: 3_600, evaluationPeriods: 169 },
    "e",
  ],
  ["aws:cloudwatch/dashboard:Dashboard", { dashboardName: "a-B_1" }, { dashboardName: "a b" }, "d"],
  [WEB_ACL, rateRule(10), rateRule(9), "rules.0.statement.rateBasedStatement.limit"],
  [WEB_ACL, rateRule(10, 60), rateRule(10, 90), "rules.0.statement.rateBasedStatement.eval"],
  [
    WEB_ACL,
    { visibilityConfig: { metricName: "Alls" } },
    { visibilityConfig: { metricName: "All" } },
    "visibilityConfig.metricName",
  ],
  [
    "aws:wafv2/ipSet:IpSet",
    { addresses: many(10_000, "a") },
    { addresses: many(10_001, "a") },
    "a",
  ],
  [
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    { logDestinationConfigs: ["arn:aws:logs:r:a:log-group:aws-waf-logs-a"] },
    { logDestinationConfigs: ["arn:aws:logs:r:a:log-group:waf-logs-a"] },
    "logDestinationConfigs.0",
  ],
  [
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    { logDestinationConfigs: ["arn:aws:firehose:r:a:deliverystream/x:aws-waf-logs-a"] },
    { logDestinationConfigs: ["arn:aws:logs:r:a:log-group:aws-waf-logs-a:*"] },
    "logDestinationConfigs.0",
  ],
  [
    CLIENT,
    { refreshTokenValidity: 1, idTokenValidity: 24 },
    {
      refreshTokenValidity: 60,
      idTokenValidity: 2,
      tokenValidityUnits: { refreshToken: "minutes", idToken: "hours" },
    },
    "refreshTokenValidity",
  ],
];

describe.each(rows)("a %s", (type, taken, refused, where) => {
  it(`may be as AWS takes it, and not beyond, at ${where}`, () => {
    expect(beyond(type, taken)).toEqual([]);
    expect(beyond(type, refused)).toEqual([expect.stringMatching(`^${where}`)]);
  });
});

it("says nothing of a type whose limits are not known", () => {
  expect(beyond("aws:ec2/instance:Instance", { instanceType: 1 })).toEqual([]);
});
