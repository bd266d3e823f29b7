/** What a deployment is told that AWS would enforce. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allResources } from "../../src/all-resources.ts";
import { startDeployableCloud, type DeployableCloud } from "./deployable-cloud.ts";
import { fn, open, pool, toDeadLetters, toFunction, toQueue, unevaluated } from "./inputs.ts";

let cloud: DeployableCloud;
beforeAll(async () => {
  cloud = await startDeployableCloud();
});
afterAll(() => cloud.stop());

/** A limitation whose text contains this. */
const saying = (text: string) => expect.objectContaining({ text: expect.stringContaining(text) });

describe("a deployment is told about", () => {
  it.each<[type: string, inputs: Record<string, unknown>, limitations: unknown[]]>([
    ["aws:kms/key:Key", { policy: open }, []],
    ["aws:kms/key:Key", { policy: unevaluated }, [saying("NumericLessThan kms:Any is not known")]],
    ["aws:kms/alias:Alias", { targetKeyId: "k" }, []],
    ["aws:sqs/queue:Queue", {}, []],
    ["aws:sqs/queue:Queue", { kmsMasterKeyId: "k", policy: open }, []],
    ["aws:sqs/queuePolicy:QueuePolicy", { queueUrl: "u", policy: open }, []],
    [
      "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
      { queueUrl: "u", redriveAllowPolicy: "{}" },
      [],
    ],
    ["aws:sns/topic:Topic", { displayName: "d" }, []],
    ["aws:sns/topic:Topic", { kmsMasterKeyId: "k" }, []],
    ["aws:sns/topic:Topic", { tracingConfig: "Active" }, []],
    ["aws:sns/topic:Topic", { tracingConfig: "PassThrough" }, []],
    ["aws:sns/topic:Topic", { signatureVersion: 2 }, [saying("signatures")]],
    ["aws:sns/topic:Topic", { lambdaFailureFeedbackRoleArn: "arn" }, []],
    ["aws:sns/topic:Topic", { sqsFailureFeedbackRoleArn: "arn" }, [saying("delivery status")]],
    ["aws:sns/topicPolicy:TopicPolicy", { arn: "a", policy: open }, []],
    ["aws:sns/topicSubscription:TopicSubscription", toFunction, []],
    [
      "aws:sns/topicSubscription:TopicSubscription",
      { ...toQueue, redrivePolicy: toDeadLetters },
      [],
    ],
    ["aws:secretsmanager/secret:Secret", {}, []],
    ["aws:secretsmanager/secretPolicy:SecretPolicy", { secretArn: "a", policy: open }, []],
    ["aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 30 }, []],
    ["aws:cloudwatch/logGroup:LogGroup", { kmsKeyId: "k" }, []],
    [
      "aws:cloudwatch/dashboard:Dashboard",
      { dashboardName: "d", dashboardBody: '{"widgets":[]}' },
      [],
    ],
    ["aws:lambda/function:Function", { ...fn, tracingConfig: { mode: "Active" } }, []],
    ["aws:lambda/function:Function", { ...fn, kmsKeyArn: "k" }, [saying("not encrypted")]],
    ["aws:lambda/function:Function", { ...fn, loggingConfig: { logFormat: "JSON" } }, []],
    [
      "aws:lambda/function:Function",
      { ...fn, loggingConfig: { logFormat: "JSON", applicationLogLevel: "WARN" } },
      [saying("every log level")],
    ],
    ["aws:cognito/userPool:UserPool", { ...pool, mfaConfiguration: "OFF" }, []],
    [
      "aws:cognito/userPool:UserPool",
      { ...pool, mfaConfiguration: "ON", softwareTokenMfaConfiguration: { enabled: true } },
      [],
    ],
    [
      "aws:cognito/userPool:UserPool",
      { ...pool, userPoolTier: "PLUS", userPoolAddOns: { advancedSecurityMode: "ENFORCED" } },
      [],
    ],
    ["aws:cognito/userPool:UserPool", { ...pool, userPoolTier: "LITE" }, [saying("Lite plan")]],
    [
      "aws:cognito/userPool:UserPool",
      { ...pool, emailConfiguration: { emailSendingAccount: "DEVELOPER", sourceArn: "arn" } },
      [saying("SES identity")],
    ],
    [
      "aws:cognito/riskConfiguration:RiskConfiguration",
      { userPoolId: "p" },
      [saying("threat protection")],
    ],
    [
      "aws:cognito/userPool:UserPool",
      { ...pool, passwordPolicy: { passwordHistorySize: 5 } },
      [saying("password history")],
    ],
  ])("%s with %j", (type, inputs, limitations) => {
    const found = allResources(cloud).find((candidate) => candidate.type === type);
    expect(found?.limitations(inputs)).toEqual(limitations);
    for (const { service, text } of found?.limitations(inputs) ?? []) {
      expect(service).toMatch(/^[A-Z][^:]+$/);
      expect(text).toMatch(/^\S.*[^.]$/);
    }
  });
});
