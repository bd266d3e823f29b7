/**
 * The topic, the dead-letter queue and the secret with the topic's ARN: their policies, keys and
 * delivery.
 */
import { appName } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import { statementsIn, statementsOf, textOutput, type Statement } from "../../support/graph.ts";
import type { DeployedStage } from "./deployed.ts";

export function testMessaging({ stage, settings, graph }: DeployedStage): void {
  const arnOf = (type: string, name?: string) => textOutput(graph().one(type, name), "arn");
  const topic = () => arnOf("aws:sns/topic:Topic");
  const queue = () => arnOf("aws:sqs/queue:Queue");
  const roleArn = (name: string) => arnOf("aws:iam/role:Role", `${name}Role`);
  const internal = () => arnOf("aws:lambda/function:Function", "InternalLambdaFunction");
  const policy = (type: string, name?: string) =>
    statementsIn(graph().one(type, name).inputs["policy"]);
  const byRole = (name: string) => ({ ArnEquals: { "aws:PrincipalArn": [roleArn(name)] } });
  const byTopic = () => ({ ArnEquals: { "aws:SourceArn": [topic()] } });

  describe("messages", () => {
    it("go from the topic to InternalLambda, which only the topic may invoke", () => {
      expect(graph().one("aws:sns/topicSubscription:TopicSubscription").inputs).toMatchObject({
        topic: topic(),
        protocol: "lambda",
        endpoint: internal(),
      });
      const permissions = graph()
        .all("aws:lambda/permission:Permission")
        .filter(({ inputs }) => inputs["function"] === internal());
      expect(permissions.map(({ inputs }) => inputs)).toEqual([
        expect.objectContaining({ principal: "sns.amazonaws.com", sourceArn: topic() }),
      ]);
    });

    it("end in one dead-letter queue for fourteen days when delivery or handling fails", () => {
      const { redrivePolicy } = graph().one("aws:sns/topicSubscription:TopicSubscription").inputs;
      expect(JSON.parse(String(redrivePolicy))).toEqual({ deadLetterTargetArn: queue() });
      expect(
        graph().one("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").inputs,
      ).toMatchObject({
        functionName: `${appName}-${stage}-InternalLambda`,
        maximumRetryAttempts: 2,
        destinationConfig: { onFailure: { destination: queue() } },
      });
      expect(graph().one("aws:sqs/queue:Queue").inputs).toMatchObject({
        name: `${appName}-${stage}-DeadLetters`,
        messageRetentionSeconds: 14 * 24 * 3_600,
      });
    });

    it.each(!settings.customerKeys ? ["are encrypted with keys of AWS"] : [])("%s", () => {
      expect(graph().one("aws:sns/topic:Topic").inputs["kmsMasterKeyId"]).toBe("alias/aws/sns");
      const { inputs } = graph().one("aws:sqs/queue:Queue");
      expect([inputs["kmsMasterKeyId"], inputs["sqsManagedSseEnabled"]]).toEqual([undefined, true]);
      expect(graph().all("aws:kms/key:Key")).toEqual([]);
    });

    it.each(settings.customerKeys ? ["are encrypted with a rotated customer-managed key"] : [])(
      "%s",
      () => {
        const key = arnOf("aws:kms/key:Key", "MessagingKey");
        expect(graph().one("aws:sns/topic:Topic").inputs["kmsMasterKeyId"]).toBe(key);
        expect(graph().one("aws:sqs/queue:Queue").inputs["kmsMasterKeyId"]).toBe(key);
        expect(graph().one("aws:kms/key:Key", "MessagingKey").inputs).toMatchObject({
          enableKeyRotation: true,
          deletionWindowInDays: settings.keyDeletionDays,
        });
      },
    );

    it("are published over TLS and only by ExternalLambda", () => {
      const statements = policy("aws:sns/topicPolicy:TopicPolicy");
      expect(plainHttp(statements)).toEqual([
        expect.objectContaining({ Action: expect.arrayContaining(["sns:Publish"]) }),
      ]);
      expect(allowed(statements)).toEqual([
        expect.objectContaining({
          Action: ["sns:Publish"],
          Resource: [topic()],
          Condition: byRole("ExternalLambda"),
        }),
      ]);
      expect(statements).toContainEqual(
        expect.objectContaining({
          Effect: "Deny",
          Principal: "*",
          Action: ["sns:Publish"],
          Condition: { ArnNotEquals: { "aws:PrincipalArn": [roleArn("ExternalLambda")] } },
        }),
      );
    });

    it("are logged where they fail, and by a sample, with a role that SNS only may assume", () => {
      const role = graph().one("aws:iam/role:Role", "DeliveryLogger");
      expect(graph().one("aws:sns/topic:Topic").inputs).toMatchObject({
        lambdaFailureFeedbackRoleArn: role.outputs["arn"],
        lambdaSuccessFeedbackRoleArn: role.outputs["arn"],
        lambdaSuccessFeedbackSampleRate: 1,
      });
      const group = `sns/us-east-1/000000000000/${appName}-${stage}-GreetingTopic`;
      const names = ["DeliveryLog", "FailedDeliveryLog"].map(
        (name) => graph().one("aws:cloudwatch/logGroup:LogGroup", name).inputs["name"],
      );
      expect(names).toEqual([group, `${group}/Failure`]);
      expect(statementsOf(role)).toEqual([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: names.map(
            (name) => `arn:aws:logs:us-east-1:000000000000:log-group:${String(name)}:*`,
          ),
        },
      ]);
      expect(statementsIn(role.inputs["assumeRolePolicy"])).toMatchObject([
        { Principal: { Service: "sns.amazonaws.com" } },
      ]);
    });

    it("are sent to the queue over TLS and only by the topic and InternalLambda", () => {
      const statements = policy("aws:sqs/queuePolicy:QueuePolicy");
      const send = { Action: ["sqs:SendMessage"], Resource: [queue()] };
      expect(plainHttp(statements)).toHaveLength(1);
      expect(allowed(statements)).toEqual([
        expect.objectContaining({
          ...send,
          Principal: { Service: "sns.amazonaws.com" },
          Condition: byTopic(),
        }),
        expect.objectContaining({ ...send, Condition: byRole("InternalLambda") }),
      ]);
      expect(statements).toContainEqual(
        expect.objectContaining({
          ...send,
          Effect: "Deny",
          Principal: "*",
          Condition: {
            ArnNotEquals: {
              "aws:PrincipalArn": [roleArn("InternalLambda")],
              "aws:SourceArn": [topic()],
            },
          },
        }),
      );
    });
  });

  describe.each(settings.customerKeys ? ["the keys"] : [])("%s", () => {
    it.each([
      ["MessagingKey", ["ExternalLambda", "InternalLambda"], ["sns.amazonaws.com"], ["sqs"]],
      ["SecretKey", [], [], ["secretsmanager"]],
    ])(
      "%s is used only by the principals in its policy, each through one service",
      (name, ...by) => {
        const [roles, services, viaService] = by;
        const users = allowed(policy("aws:kms/key:Key", name)).filter(
          ({ Sid }) => Sid !== "Administration",
        );
        const condition = (operator: string, key: string) =>
          users.flatMap(({ Condition }) => Condition?.[operator]?.[key] ?? []);
        expect(condition("ArnEquals", "aws:PrincipalArn")).toEqual(roles.map(roleArn));
        expect(users.map(({ Principal }) => Principal)).toEqual([
          ...roles.map(() => ({ AWS: expect.stringMatching(/:root$/) })),
          ...services.map((Service) => ({ Service })),
          ...viaService.map(() => ({ AWS: expect.stringMatching(/:root$/) })),
        ]);
        expect(users.filter(({ Sid }) => Sid === "TopicRedrives").map(conditionOf)).toEqual(
          services.map(byTopic),
        );
        for (const { Condition, Principal } of users) {
          const named = JSON.stringify([Condition, Principal]);
          expect(named).toMatch(/kms:ViaService|aws:SourceArn/);
        }
      },
    );

    it("LogKey is used by CloudWatch Logs only, for the log groups of the stage", () => {
      const [, logs, ...others] = policy("aws:kms/key:Key", "LogKey");
      expect(others).toEqual([]);
      expect(logs?.Principal).toEqual({ Service: "logs.us-east-1.amazonaws.com" });
      const execution = /(log-group:API-Gateway-Execution-Logs_)\w+/;
      const groups = graph()
        .all("aws:cloudwatch/logGroup:LogGroup")
        .map((group) => textOutput(group, "arn").replace(execution, "$1*"));
      const { "kms:EncryptionContext:aws:logs:arn": named = [] } =
        logs?.Condition?.["ArnLike"] ?? {};
      expect(named.toSorted()).toEqual(groups.toSorted());
    });

    it.each(["LogKey", "MessagingKey", "SecretKey"])(
      "%s is administered by the account, which cannot use it",
      (name) => {
        const [administration] = policy("aws:kms/key:Key", name);
        expect(administration?.Sid).toBe("Administration");
        expect(administration?.Action).not.toContain("kms:*");
        expect(administration?.Action.join()).not.toMatch(/Encrypt|Decrypt|Generate|Grant/);
        expect(graph().one("aws:kms/alias:Alias", `${name}Alias`).inputs).toEqual({
          name: `alias/${appName}-${stage}-${name}`,
          targetKeyId: graph().one("aws:kms/key:Key", name).outputs["keyId"],
        });
      },
    );
  });

  describe("the secret", () => {
    it("holds the topic's ARN, with the stage in its name, and the key that the stage says", () => {
      const { secretString } = graph().one("aws:secretsmanager/secretVersion:SecretVersion").inputs;
      expect(JSON.parse(String(secretString))).toEqual({ TOPIC_ARN: topic() });
      expect(graph().one("aws:secretsmanager/secret:Secret").inputs).toMatchObject({
        name: `${appName}/${stage}/LambdaSNSTopicARN`,
        recoveryWindowInDays: settings.secretRecoveryDays,
      });
      expect(graph().one("aws:secretsmanager/secret:Secret").inputs["kmsKeyId"]).toBe(
        settings.customerKeys ? arnOf("aws:kms/key:Key", "SecretKey") : undefined,
      );
    });

    it("is read over TLS, and its policy allows only ExternalLambda", () => {
      const statements = policy("aws:secretsmanager/secretPolicy:SecretPolicy");
      expect(plainHttp(statements)).toHaveLength(1);
      expect(allowed(statements)).toEqual([
        expect.objectContaining({
          Action: ["secretsmanager:GetSecretValue"],
          Condition: byRole("ExternalLambda"),
        }),
      ]);
    });
  });
}

const conditionOf = ({ Condition }: Statement) => Condition;

const allowed = (statements: readonly Statement[]) =>
  statements.filter(({ Effect }) => Effect === "Allow");

const plainHttp = (statements: readonly Statement[]) =>
  statements.filter(
    ({ Effect, Principal, Condition }) =>
      Effect === "Deny" &&
      Principal === "*" &&
      Condition?.["Bool"]?.["aws:SecureTransport"]?.join() === "false",
  );
