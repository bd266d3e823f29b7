/** How resources of Pulumi's types are written in CloudFormation. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";
import { json, policyDocument, ref, type Rendering } from "./rendering.ts";

const integrationOf = ({ id }: GraphResource, all: readonly GraphResource[]) =>
  all.find((one) => one.type === "aws:apigateway/integration:Integration" && one.id === id)?.inputs;

const settings = z.looseObject({});

/** CloudFormation has an entry for each protocol, with a rate that is a text. */
const deliveryLogging = ({ inputs }: GraphResource) =>
  inputs["lambdaFailureFeedbackRoleArn"] === undefined
    ? {}
    : {
        DeliveryStatusLogging: [
          {
            Protocol: "lambda",
            FailureFeedbackRoleArn: inputs["lambdaFailureFeedbackRoleArn"],
            SuccessFeedbackRoleArn: inputs["lambdaSuccessFeedbackRoleArn"],
            SuccessFeedbackSampleRate: String(inputs["lambdaSuccessFeedbackSampleRate"]),
          },
        ],
      };

const dimensionsSchema = z.record(z.string(), z.string());
const query = z.looseObject({
  metric: z
    .looseObject({ dimensions: dimensionsSchema, period: z.number(), stat: z.string() })
    .optional(),
});
const alarm = z.object({
  dimensions: dimensionsSchema.optional(),
  metricQueries: z.array(query).optional(),
});

const pairsOf = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

/** A query of an alarm: CloudFormation keeps period and statistic apart from the metric. */
function metricOf({ metric, ...rest }: z.infer<typeof query>): object {
  if (metric === undefined) return rest;
  const { dimensions: values, period, stat, ...names } = metric;
  return {
    ...rest,
    returnData: false,
    metricStat: { metric: { ...names, Dimensions: pairsOf(values) }, period, stat },
  };
}

const role = z.object({
  assumeRolePolicy: z.string(),
  inlinePolicies: z.array(z.object({ name: z.string(), policy: z.string() })).default([]),
});

/** What is part of another resource in CloudFormation, or is no setting that a scanner judges. */
export const left = new Set([
  "aws:apigateway/integration:Integration",
  "aws:apigateway/methodSettings:MethodSettings",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:secretsmanager/secretVersion:SecretVersion",
]);

/** Rows of types. */
export const renderings: Readonly<Record<string, Rendering>> = {
  "aws:apigateway/account:Account": { type: "AWS::ApiGateway::Account" },
  "aws:apigateway/authorizer:Authorizer": { type: "AWS::ApiGateway::Authorizer" },
  "aws:apigateway/deployment:Deployment": {
    type: "AWS::ApiGateway::Deployment",
    without: ["triggers"],
  },
  "aws:apigateway/method:Method": {
    type: "AWS::ApiGateway::Method",
    names: { authorization: "AuthorizationType" },
    properties: (resource, all) => {
      const { type, uri, integrationHttpMethod } = integrationOf(resource, all) ?? {};
      return {
        Integration: { Type: type, Uri: uri, IntegrationHttpMethod: integrationHttpMethod },
      };
    },
  },
  "aws:apigateway/model:Model": {
    type: "AWS::ApiGateway::Model",
    properties: ({ inputs }) => ({ Schema: json(inputs["schema"]) }),
  },
  "aws:apigateway/requestValidator:RequestValidator": {
    type: "AWS::ApiGateway::RequestValidator",
  },
  "aws:apigateway/resource:Resource": { type: "AWS::ApiGateway::Resource" },
  "aws:apigateway/response:Response": { type: "AWS::ApiGateway::GatewayResponse" },
  "aws:apigateway/restApi:RestApi": {
    type: "AWS::ApiGateway::RestApi",
    properties: () => ({ EndpointConfiguration: { Types: ["REGIONAL"] } }),
  },
  "aws:apigateway/stage:Stage": {
    type: "AWS::ApiGateway::Stage",
    arnOf: (name) => ({
      "Fn::Sub": `arn:aws:apigateway:\${AWS::Region}::/restapis/\${ApiApi}/stages/\${${name}}`,
    }),
    names: {
      deployment: "DeploymentId",
      accessLogSettings: "AccessLogSetting",
      xrayTracingEnabled: "TracingEnabled",
    },
    properties: (_, all) => ({
      MethodSettings: all
        .filter(({ type }) => type === "aws:apigateway/methodSettings:MethodSettings")
        .map(({ inputs }) => ({
          HttpMethod: "*",
          ResourcePath: "/*",
          ...settings.parse(inputs["settings"]),
        })),
    }),
  },
  "aws:cloudwatch/dashboard:Dashboard": { type: "AWS::CloudWatch::Dashboard" },
  "aws:cloudwatch/logGroup:LogGroup": {
    type: "AWS::Logs::LogGroup",
    names: { name: "LogGroupName" },
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { type: "AWS::Logs::ResourcePolicy" },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    type: "AWS::CloudWatch::Alarm",
    names: { name: "AlarmName", okActions: "OKActions" },
    without: ["dimensions", "metricQueries"],
    properties({ inputs }) {
      const { dimensions, metricQueries } = alarm.parse(inputs);
      return {
        ...(dimensions && { Dimensions: pairsOf(dimensions) }),
        ...(metricQueries && { Metrics: metricQueries.map(metricOf) }),
      };
    },
  },
  "aws:cognito/userPool:UserPool": {
    type: "AWS::Cognito::UserPool",
    names: { name: "UserPoolName" },
    without: ["passwordPolicy", "softwareTokenMfaConfiguration"],
    properties: ({ inputs }) => ({ Policies: { passwordPolicy: inputs["passwordPolicy"] } }),
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    type: "AWS::Cognito::UserPoolClient",
    names: {
      name: "ClientName",
      allowedOauthFlows: "AllowedOAuthFlows",
      allowedOauthFlowsUserPoolClient: "AllowedOAuthFlowsUserPoolClient",
      allowedOauthScopes: "AllowedOAuthScopes",
      callbackUrls: "CallbackURLs",
      logoutUrls: "LogoutURLs",
    },
  },
  "aws:cognito/userPoolDomain:UserPoolDomain": { type: "AWS::Cognito::UserPoolDomain" },
  "aws:iam/role:Role": {
    type: "AWS::IAM::Role",
    names: { name: "RoleName" },
    without: ["assumeRolePolicy", "inlinePolicies"],
    properties({ inputs }) {
      const { assumeRolePolicy, inlinePolicies } = role.parse(inputs);
      return {
        AssumeRolePolicyDocument: json(assumeRolePolicy),
        ...(inlinePolicies.length > 0 && {
          Policies: inlinePolicies.map(({ name, policy }) => ({
            PolicyName: name,
            PolicyDocument: json(policy),
          })),
        }),
      };
    },
  },
  "aws:kms/alias:Alias": { type: "AWS::KMS::Alias", names: { name: "AliasName" } },
  "aws:kms/key:Key": {
    type: "AWS::KMS::Key",
    names: { deletionWindowInDays: "PendingWindowInDays" },
    without: ["policy"],
    properties: ({ inputs }) => ({ KeyPolicy: json(inputs["policy"]) }),
  },
  "aws:lambda/function:Function": {
    type: "AWS::Lambda::Function",
    names: { name: "FunctionName" },
    without: ["publish", "s3Bucket", "s3Key"],
    properties: ({ inputs }) => ({
      Code: { S3Bucket: inputs["s3Bucket"], S3Key: inputs["s3Key"] },
    }),
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    type: "AWS::Lambda::EventInvokeConfig",
    properties: () => ({ Qualifier: "$LATEST" }),
  },
  "aws:lambda/permission:Permission": {
    type: "AWS::Lambda::Permission",
    names: { function: "FunctionName" },
  },
  "aws:secretsmanager/secret:Secret": {
    type: "AWS::SecretsManager::Secret",
    without: ["recoveryWindowInDays"],
    arnOf: ref,
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": {
    type: "AWS::SecretsManager::ResourcePolicy",
    names: { secretArn: "SecretId" },
    without: ["policy"],
    properties: ({ inputs }) => ({ ResourcePolicy: json(inputs["policy"]) }),
  },
  "aws:sns/topic:Topic": {
    type: "AWS::SNS::Topic",
    names: { name: "TopicName" },
    without: [
      "fifoTopic",
      "lambdaFailureFeedbackRoleArn",
      "lambdaSuccessFeedbackRoleArn",
      "lambdaSuccessFeedbackSampleRate",
    ],
    properties: deliveryLogging,
    arnOf: ref,
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    type: "AWS::SNS::TopicPolicy",
    names: { arn: "Topics" },
    without: ["policy"],
    properties: policyDocument,
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    type: "AWS::SNS::Subscription",
    names: { topic: "TopicArn" },
    properties: ({ inputs }) => ({ RedrivePolicy: json(inputs["redrivePolicy"]) }),
  },
  "aws:sqs/queue:Queue": {
    type: "AWS::SQS::Queue",
    names: { name: "QueueName", messageRetentionSeconds: "MessageRetentionPeriod" },
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    type: "AWS::SQS::QueuePolicy",
    names: { queueUrl: "Queues" },
    without: ["policy"],
    properties: policyDocument,
  },
  "aws:wafv2/webAcl:WebAcl": {
    type: "AWS::WAFv2::WebACL",
    properties: () => ({ Scope: "REGIONAL" }),
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": { type: "AWS::WAFv2::WebACLAssociation" },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    type: "AWS::WAFv2::LoggingConfiguration",
  },
};
