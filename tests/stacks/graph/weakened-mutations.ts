/** Controls that are still there, but weakened by another input, and the rule that detects it. */
import * as z from "zod";
import { add, edit, editInput, editRule, type Mutation, type MutationRow } from "./mutate.ts";
import { withBody } from "./api-mutations.ts";

const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const KEY = "aws:kms/key:Key";
const LAMBDA = "aws:lambda/function:Function";
const METHOD = "aws:apigateway/method:Method";
const INTEGRATION = "aws:apigateway/integration:Integration";
const MODEL = "aws:apigateway/model:Model";
const API = "aws:apigateway/restApi:RestApi";
const VALIDATED = "requests-are-validated";
const HARDENED = "clients-are-hardened";
const LOG_JSON = "functions-log-json";
const OF_ACCOUNT = "keys-stay-with-the-account";

/** A preflight, of an API of its own. */
const OPTIONS = { restApi: "other", resourceId: "other", httpMethod: "OPTIONS" };

/** Rewrites the schema of the first model. */
const editModel = (rewrite: (schema: string) => string): Mutation =>
  editInput(MODEL, "schema", (schema) =>
    JSON.stringify(rewrite(z.string().parse(JSON.parse(schema)))),
  );

const lasting = (token: string, time: number, unit: string): Mutation => {
  const validity = edit(CLIENT, [`${token}TokenValidity`], time);
  const inUnit = edit(CLIENT, ["tokenValidityUnits", `${token}Token`], unit);
  return (graph) => inUnit(validity(graph));
};

export const weakenedMutations: readonly MutationRow[] = [
  [
    "a method's model, for API Gateway's empty one",
    edit(METHOD, ["requestModels"], { "application/json": "Empty" }, withBody),
    VALIDATED,
  ],
  ["what a model demands, all of it", editModel(() => "{}"), VALIDATED],
  ["what a model demands, for a text that is no schema", editModel(() => "x"), VALIDATED],
  [
    "the refusal of unknown fields by a model",
    editModel((schema) =>
      schema.replace('"additionalProperties":false', '"additionalProperties":true'),
    ),
    VALIDATED,
  ],
  [
    "the fields that a model requires",
    editModel((schema) => schema.replace(/"required":\[[^\]]*\],/, "")),
    VALIDATED,
  ],
  [
    "what a field of a model may be",
    editModel((schema) =>
      schema.replace(/"properties":\{"name":\{[^}]*\}/, '"properties":{"name":{}'),
    ),
    VALIDATED,
  ],
  [
    "the refusal of unknown fields within a field",
    editModel((schema) =>
      schema.replace(/"properties":\{"name":\{[^}]*\}/, '"properties":{"name":{"type":"object"}'),
    ),
    VALIDATED,
  ],
  [
    "the refusal of unknown fields, by a pattern of names",
    editModel((schema) => schema.replace(/\}$/, ',"patternProperties":{"":{}}}')),
    VALIDATED,
  ],
  ...[
    '{"title":"Name"}',
    '{"minLength":1}',
    '{"type":["string","object"]}',
    '{"anyOf":[{"type":"string"},{}]}',
    '{"type":"array"}',
    '{"type":"string","minLength":1}',
    '{"type":"string","maxLength":1000000}',
    '{"type":"array","items":{"type":"boolean"}}',
    '{"type":"object","properties":{"a":{"type":"boolean"}},"required":["a"],"additionalProperties":true}',
    '{"type":"string","$ref":"https://apigateway.amazonaws.com/restapis/other/models/Empty"}',
  ].map((field): MutationRow => [
    `what a field of a model may be, by ${field}`,
    editModel((schema) =>
      schema.replace(/"properties":\{"name":\{[^}]*\}/, `"properties":{"name":${field}`),
    ),
    VALIDATED,
  ]),
  ["bodies as text, which models see", edit(API, ["binaryMediaTypes"], ["*/*"]), VALIDATED],
  ["responses that are not compressed", edit(API, ["minimumCompressionSize"], "0"), VALIDATED],
  [
    "the end of refreshing, in minutes",
    lasting("refresh", 90_000, "minutes"),
    "refresh-tokens-rotate",
  ],
  ["the end of refreshing, in hours", lasting("refresh", 1_000, "hours"), "refresh-tokens-rotate"],
  [
    "the end of refreshing, in seconds",
    lasting("refresh", 3_000_000, "seconds"),
    "refresh-tokens-rotate",
  ],
  ["the short lifetime of ID tokens, in days", lasting("id", 1, "days"), HARDENED],
  [
    "the short lifetime of access tokens, in minutes",
    lasting("access", 1_440, "minutes"),
    HARDENED,
  ],
  ...["TRACE", "FATAL"].map((level): MutationRow => [
    `the lines that a function logs, by ${level}`,
    edit(LAMBDA, ["loggingConfig", "applicationLogLevel"], level),
    LOG_JSON,
  ]),
  [
    "the lines that Lambda logs of a function",
    edit(LAMBDA, ["loggingConfig", "systemLogLevel"], "WARN"),
    LOG_JSON,
  ],
  [
    "the version of a rule group that AWS recommends",
    editRule("AWSManagedRulesCommonRuleSet", (rule) =>
      rule.replace('"vendorName"', '"version":"Version_1.0","vendorName"'),
    ),
    "firewall-has-its-rules",
  ],
  [
    "the check that a key's policy leaves the account in control",
    edit(KEY, ["bypassPolicyLockoutSafetyCheck"], true),
    OF_ACCOUNT,
  ],
  [
    "a key in KMS, for one in a store elsewhere",
    edit(KEY, ["customKeyStoreId"], "cks-1"),
    OF_ACCOUNT,
  ],
  [
    "a key in KMS, for one of another provider",
    edit(KEY, ["xksKeyId"], "bb8562717f809024"),
    OF_ACCOUNT,
  ],
  [
    "a retention, by a class of log groups that keeps lines for a day",
    edit("aws:cloudwatch/logGroup:LogGroup", ["logGroupClass"], "DELIVERY"),
    "log-groups-have-a-retention",
  ],
  [
    "a stage without variables, by those of a canary",
    edit("aws:apigateway/stage:Stage", ["canarySettings"], { stageVariableOverrides: { a: "b" } }),
    "stages-have-no-variables",
  ],
  [
    "the header in which an authorizer takes tokens, which logs leave out",
    edit(
      "aws:apigateway/authorizer:Authorizer",
      ["identitySource"],
      "method.request.header.X-Token",
    ),
    "methods-need-a-token",
  ],
  [
    "an authorizer's user pool, for another account's of the same name",
    editInput("aws:apigateway/authorizer:Authorizer", "providerArns", (arns) =>
      arns.replace("000000000000", "999999999999"),
    ),
    "methods-need-a-token",
  ],
  [
    "the on-failure destination, for that of one version",
    edit("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", ["qualifier"], "1"),
    "failures-go-to-a-queue",
  ],
  [
    "the days for which dead letters are kept",
    edit("aws:sqs/queue:Queue", ["messageRetentionSeconds"], 1_209_540),
    "failures-go-to-a-queue",
  ],
  [
    "dead letters of this app, by a queue that passes them on",
    edit(
      "aws:sqs/queue:Queue",
      ["redrivePolicy"],
      JSON.stringify({
        deadLetterTargetArn: "arn:aws:sqs:us-east-1:999999999999:other",
        maxReceiveCount: 1,
      }),
    ),
    "data-stays-in-this-app",
  ],
  [
    "a sample of deliveries within what SNS takes",
    edit("aws:sns/topic:Topic", ["lambdaSuccessFeedbackSampleRate"], 101),
    "within-aws-limits",
  ],
  [
    "code that only this account reads",
    edit("aws:s3/bucketObjectv2:BucketObjectv2", ["acl"], "public-read"),
    "data-stays-in-this-app",
  ],
  [
    "a method's authorization, by a second integration beside a mock",
    (graph) =>
      ["MOCK", "AWS_PROXY"].reduce(
        (changed, type) => add(INTEGRATION, { ...OPTIONS, type })(changed),
        add(METHOD, { ...OPTIONS, authorization: "NONE" })(graph),
      ),
    "methods-need-a-token",
  ],
  ["the rotation of keys each year", edit(KEY, ["rotationPeriodInDays"], 2_560), "keys-rotate"],
  ...["kmsKeyArn", "sourceKmsKeyArn"].map((input): MutationRow => [
    `a function's ${input} of this app`,
    edit(LAMBDA, [input], "arn:aws:kms:us-east-1:999999999999:key/other"),
    "encrypted-at-rest",
  ]),
  [
    "a function's own role, for one that no rule sees",
    edit(LAMBDA, ["role"], "arn:aws:iam::000000000000:role/Administrator"),
    "functions-have-roles-of-their-own",
  ],
  [
    "the log group of the API's errors",
    (graph) =>
      graph.filter(
        ({ inputs }) => !String(inputs["name"]).startsWith("API-Gateway-Execution-Logs"),
      ),
    "no-data-traces",
  ],
];
