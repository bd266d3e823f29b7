/** What a deployment is rejected for, by property. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { lambdaTrust, policy } from "./declarations.ts";
import { startDeployableCloud, type DeployableCloud } from "./deployable-cloud.ts";
import { client, config, fn, pool, toFunction, toQueue, variable } from "./inputs.ts";

let cloud: DeployableCloud;
beforeAll(async () => {
  cloud = await startDeployableCloud();
});
afterAll(() => cloud.stop());

type Rejection = [type: string, inputs: Record<string, unknown>, named: string];

/** What AWS takes and the local cloud does not support: a rehearsal keeps it inert. */
const unsupported: Rejection[] = [
  ["aws:kms/key:Key", { keyUsage: "SIGN_VERIFY" }, "only symmetric keys"],
  ["aws:kms/key:Key", { customerMasterKeySpec: "RSA_2048" }, "only symmetric keys"],
  ["aws:kms/key:Key", { multiRegion: true }, "of one Region"],
  ["aws:kms/key:Key", { policy: variable }, "policy variables are not evaluated"],
  ["aws:sqs/queue:Queue", { fifoQueue: true }, "only standard queues"],
  ["aws:sqs/queue:Queue", { contentBasedDeduplication: true }, "only standard queues"],
  ["aws:lambda/permission:Permission", { functionUrlAuthType: "NONE" }, "no function URLs"],
  ["aws:sns/topic:Topic", { fifoTopic: true }, "only standard topics"],
  ["aws:sns/topic:Topic", { deliveryPolicy: "{}" }, "deliveryPolicy"],
  ["aws:sns/topicSubscription:TopicSubscription", { ...toQueue, protocol: "https" }, "protocol"],
  [
    "aws:sns/topicSubscription:TopicSubscription",
    { ...toFunction, rawMessageDelivery: true },
    "rawMessageDelivery",
  ],
  ["aws:secretsmanager/secret:Secret", { replicas: [{ region: "eu-west-1" }] }, "replicas"],
  [
    "aws:secretsmanager/secretVersion:SecretVersion",
    { secretId: "s", secretString: "x", versionStages: ["OLD"] },
    "versionStages",
  ],
  ["aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 31 }, "retentionInDays"],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", { evaluationPeriods: 1 }, "comparisonOperator"],
  ["aws:lambda/function:Function", { ...fn, layers: ["arn:layer"] }, "without layers"],
  ["aws:lambda/function:Function", { ...fn, vpcConfig: {} }, "vpcConfig"],
  [
    "aws:lambda/function:Function",
    { ...fn, deadLetterConfig: { targetArn: "arn" } },
    "use a FunctionEventInvokeConfig",
  ],
  [
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    { ...config, destinationConfig: { onSuccess: { destination: "arn" } } },
    "no on-success destinations",
  ],
  [
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    { ...config, qualifier: "live" },
    "no versions or aliases",
  ],
  ["aws:lambda/permission:Permission", { action: "lambda:*", function: "f" }, "action"],
  [
    "aws:iam/policy:Policy",
    { policy: policy({ Effect: "Allow", Action: "a:b", Resource: "*", Principal: "*" }) },
    "cannot evaluate the policy",
  ],
  ["aws:cognito/userPool:UserPool", { ...pool, lambdaConfig: {} }, "lambdaConfig"],
  ["aws:cognito/userPool:UserPool", { ...pool, usernameAttributes: ["phone_number"] }, "email"],
  [
    "aws:cognito/userPool:UserPool",
    { ...pool, signInPolicy: { allowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    "only with passwords",
  ],
  [
    "aws:cognito/userPool:UserPool",
    { ...pool, mfaConfiguration: "ON" },
    "only with authenticators",
  ],
  [
    "aws:cognito/userPool:UserPool",
    {
      ...pool,
      mfaConfiguration: "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: false },
    },
    "only with authenticators",
  ],
  [
    "aws:cognito/userPool:UserPool",
    { ...pool, smsConfiguration: { externalId: "a", snsCallerArn: "b" } },
    "smsConfiguration",
  ],
  [
    "aws:cognito/userPool:UserPool",
    { ...pool, emailMfaConfiguration: { message: "a", subject: "b" } },
    "emailMfaConfiguration",
  ],
  [
    "aws:cognito/userPool:UserPool",
    { ...pool, schemas: [{ name: "custom", attributeDataType: "String" }] },
    "attributes other than email",
  ],
  [
    "aws:cognito/userPoolClient:UserPoolClient",
    { ...client, explicitAuthFlows: ["X"] },
    "explicitAuthFlows",
  ],
];

/** What AWS rejects as well, so that no rehearsal takes it. */
const rejectedByAws: Rejection[] = [
  [
    "aws:cognito/userPoolDomain:UserPoolDomain",
    { ...client, domain: "app-dawson" },
    "without aws, amazon and cognito",
  ],
  [
    "aws:cognito/userPoolDomain:UserPoolDomain",
    { ...client, domain: "App" },
    "lower-case letters, digits and hyphens",
  ],
  ["aws:kms/key:Key", { deletionWindowInDays: 3 }, "deletionWindowInDays"],
  ["aws:kms/key:Key", { policy: "no JSON" }, "policy"],
  ["aws:sqs/queue:Queue", { policy: "no JSON" }, "policy"],
  ["aws:sns/topicPolicy:TopicPolicy", { arn: "a", policy: "no JSON" }, "policy"],
  ["aws:secretsmanager/secretPolicy:SecretPolicy", { secretArn: "a", policy: "[]" }, "policy"],
  ["aws:kms/alias:Alias", { name: "alias/aws/sqs", targetKeyId: "k" }, 'not "alias/aws/"'],
  ["aws:sqs/queue:Queue", { name: "jobs.fifo" }, "letters, digits, hyphens and underscores"],
  ["aws:sqs/queue:Queue", { redrivePolicy: "{}" }, '"maxReceiveCount": 1 to 1000'],
  ["aws:sqs/queue:Queue", { visibilityTimeoutSeconds: 43_201 }, "visibilityTimeoutSeconds"],
  ["aws:sns/topicSubscription:TopicSubscription", { ...toQueue, endpoint: "url" }, "endpoint"],
  [
    "aws:sns/topicSubscription:TopicSubscription",
    { ...toFunction, redrivePolicy: JSON.stringify({ deadLetterTargetArn: "arn:aws:sns:x" }) },
    '{"deadLetterTargetArn": ARN of a queue}',
  ],
  ["aws:secretsmanager/secret:Secret", { recoveryWindowInDays: 3 }, "0 or 7 to 30 days"],
  ["aws:cloudwatch/dashboard:Dashboard", { dashboardName: "d", dashboardBody: "" }, "JSON"],
  [
    "aws:cloudwatch/dashboard:Dashboard",
    { dashboardName: "d", dashboardBody: '{"widgets":[{"type":"metrics","properties":{}}]}' },
    "/widgets/0/type",
  ],
  [
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    { ...config, maximumRetryAttempts: 3 },
    "maximumRetryAttempts",
  ],
  [
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    { ...config, maximumEventAgeInSeconds: 59 },
    "maximumEventAgeInSeconds",
  ],
  ["aws:iam/role:Role", { assumeRolePolicy: lambdaTrust, path: "team" }, "path"],
  [
    "aws:cognito/userPoolClient:UserPoolClient",
    { ...client, refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 61 } },
    "retryGracePeriodSeconds",
  ],
];

// FIFO topics among it, which cannot deliver to functions.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
it.each([...unsupported, ...rejectedByAws])(
  "a deployment is rejected: %s with %j",
  async (type, inputs, named) => {
    await expect(cloud.deploy((declare) => declare(type, "Rejected", inputs))).rejects.toThrow(
      named,
    );
  },
);

describe("in a rehearsal", () => {
  let rehearsal: DeployableCloud;
  beforeAll(async () => {
    rehearsal = await startDeployableCloud("keep");
  });
  afterEach(() => rehearsal.destroy());
  afterAll(() => rehearsal.stop());

  it.each(unsupported)("kept inert, by name: %s with %j", async (type, inputs) => {
    await rehearsal.deploy((declare) => declare(type, "Kept", inputs));
    expect(rehearsal.inertParts()).toEqual([
      {
        type,
        name: "Kept",
        isWhole: expect.any(Boolean),
        why: expect.stringMatching(/^without \w|^The local cloud/),
      },
    ]);
  });

  it.each(rejectedByAws)("AWS would reject it: %s with %j", async (type, inputs, named) => {
    await expect(rehearsal.deploy((declare) => declare(type, "Rejected", inputs))).rejects.toThrow(
      named,
    );
  });
});
