/** Both functions: their configuration and their exact permissions. */
import { appName, routeRows } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import { statementsOf, statementsIn, textOutput } from "../../support/graph.ts";
import type { DeployedStage } from "./deployed.ts";

const lambdas = ["ExternalLambda", "InternalLambda"] as const;
const useKey = ["kms:Decrypt", "kms:GenerateDataKey"];

export function testFunctions({ stage, settings, graph }: DeployedStage): void {
  const arnOf = (type: string, name?: string) => textOutput(graph().one(type, name), "arn");
  const role = (name: string) => graph().one("aws:iam/role:Role", `${name}Role`);
  const { concurrency, customerKeys } = settings;
  const keyGrant = (name: string, Action: readonly string[]) =>
    customerKeys ? [{ Effect: "Allow", Action, Resource: [arnOf("aws:kms/key:Key", name)] }] : [];
  const fromExternalLambda = () => ({
    Condition: {
      ArnEquals: {
        "lambda:SourceFunctionArn": [
          arnOf("aws:lambda/function:Function", "ExternalLambdaFunction"),
        ],
      },
    },
  });
  const ownLog = (name: string) => ({
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: [`${arnOf("aws:cloudwatch/logGroup:LogGroup", `${name}LogGroup`)}:*`],
  });

  const traces = {
    Effect: "Allow",
    Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    Resource: ["*"],
  };

  describe.each(lambdas)("%s", (name) => {
    const reserved = {
      ExternalLambda: concurrency && routeRows.length * concurrency.perRoute,
      InternalLambda: concurrency?.internalLambda,
    }[name];

    it("runs Node 24 on arm64, logs JSON, is traced and times out before the gateway", () => {
      expect(graph().one("aws:lambda/function:Function", `${name}Function`).inputs).toMatchObject({
        name: `${appName}-${stage}-${name}`,
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        timeout: 10,
        tracingConfig: { mode: "Active" },
        loggingConfig: {
          logFormat: "JSON",
          logGroup: `/aws/lambda/${appName}-${stage}-${name}`,
        },
      });
    });

    it("reserves concurrency where the stage says so", () => {
      const { inputs } = graph().one("aws:lambda/function:Function", `${name}Function`);
      expect(inputs["reservedConcurrentExecutions"]).toBe(reserved);
    });

    it("has a role that only Lambda may assume, with no managed policy", () => {
      const { assumeRolePolicy, managedPolicyArns } = role(name).inputs;
      expect(statementsIn(assumeRolePolicy)).toEqual([
        {
          Sid: "AllowAssumeRole",
          Effect: "Allow",
          Action: ["sts:AssumeRole"],
          Principal: { Service: "lambda.amazonaws.com" },
        },
      ]);
      expect(managedPolicyArns).toEqual([]);
    });
  });

  it("ExternalLambda may write its log and traces, and only its code read one secret and publish to one topic", () => {
    expect(statementsOf(role("ExternalLambda"))).toEqual([
      ownLog("ExternalLambda"),
      traces,
      ...[
        {
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue"],
          Resource: [arnOf("aws:secretsmanager/secret:Secret")],
        },
        { Effect: "Allow", Action: ["sns:Publish"], Resource: [arnOf("aws:sns/topic:Topic")] },
      ].map((grant) => ({ ...grant, ...fromExternalLambda() })),
      ...keyGrant("SecretKey", ["kms:Decrypt"]),
      ...keyGrant("MessagingKey", useKey),
    ]);
  });

  it("InternalLambda may write its log and traces and send failed events to the dead-letter queue", () => {
    expect(statementsOf(role("InternalLambda"))).toEqual([
      ownLog("InternalLambda"),
      traces,
      { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [arnOf("aws:sqs/queue:Queue")] },
      ...keyGrant("MessagingKey", useKey),
    ]);
  });

  it("no role has a wildcard action, or a wildcard resource other than its own log streams and traces", () => {
    const statements = graph().all("aws:iam/role:Role").flatMap(statementsOf);
    const granted = statements.flatMap(({ Action, Resource = [] }) => [...Action, ...Resource]);
    const streams = lambdas.flatMap((name) => ownLog(name).Resource);
    const deliveries = ["DeliveryLog", "FailedDeliveryLog"].map(
      (name) => `${arnOf("aws:cloudwatch/logGroup:LogGroup", name)}:*`,
    );
    const wildcards = [...streams, ...deliveries, ...lambdas.map(() => "*")];
    expect(granted.filter((value) => value.includes("*")).toSorted()).toEqual(wildcards.toSorted());
  });
}
