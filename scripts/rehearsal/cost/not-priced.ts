/** What AWS bills, or may bill, and what is no part of the sums. */
import * as z from "zod";
import type { GraphView } from "../graph-view.ts";
import { priceOf } from "./item.ts";
import { prices } from "./prices.ts";

/** Types that are in the sums, and types that AWS never bills by themselves. */
const known = new Set([
  "aws:apigateway/account:Account",
  "aws:apigateway/apiKey:ApiKey",
  "aws:apigateway/authorizer:Authorizer",
  "aws:apigateway/deployment:Deployment",
  "aws:apigateway/integration:Integration",
  "aws:apigateway/integrationResponse:IntegrationResponse",
  "aws:apigateway/method:Method",
  "aws:apigateway/methodResponse:MethodResponse",
  "aws:apigateway/methodSettings:MethodSettings",
  "aws:apigateway/model:Model",
  "aws:apigateway/requestValidator:RequestValidator",
  "aws:apigateway/resource:Resource",
  "aws:apigateway/response:Response",
  "aws:apigateway/restApi:RestApi",
  "aws:apigateway/stage:Stage",
  "aws:apigateway/usagePlan:UsagePlan",
  "aws:apigateway/usagePlanKey:UsagePlanKey",
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  // The first 10,000 users that are active in a month are free (docs/operations.md).
  "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration",
  "aws:cognito/riskConfiguration:RiskConfiguration",
  "aws:cognito/userPool:UserPool",
  "aws:cognito/userPoolClient:UserPoolClient",
  "aws:cognito/userPoolDomain:UserPoolDomain",
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:kms/alias:Alias",
  "aws:kms/key:Key",
  "aws:lambda/function:Function",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  "aws:lambda/permission:Permission",
  // The code, a few hundred kilobytes in SST's bucket.
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:secretsmanager/secret:Secret",
  "aws:secretsmanager/secretPolicy:SecretPolicy",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:sns/topic:Topic",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  // Dead letters only: the first million requests of a month are free.
  "aws:sqs/queue:Queue",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:wafv2/ipSet:IpSet",
  "aws:wafv2/webAcl:WebAcl",
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
]);

/** Inputs for which AWS bills more than for the type. */
const dearer = [
  ["aws:apigateway/stage:Stage", z.object({ cacheClusterEnabled: z.literal(true) }), "its cache"],
  [
    "aws:cognito/userPool:UserPool",
    z.object({ userPoolTier: z.literal("PLUS") }),
    `the Plus plan, in a month ${priceOf(prices.plusUser)}`,
  ],
  [
    "aws:wafv2/webAcl:WebAcl",
    z.object({ rules: z.string().regex(/AWSManagedRules(?:ATP|ACFP|BotControl|AntiDDoS)/) }),
    "a rule group with a fee of its own",
  ],
] as const;

/** The resources that are not in the sums, and what is not of those that are: `TYPE NAME: NOTE`. */
export function notPriced(graph: GraphView): string[] {
  const unknown = graph.resources
    .filter(({ type, existing = false }) => isOfAws(type) && !known.has(type) && !existing)
    .map(({ type, name }) => `${type} ${name}`);
  const inputs = dearer.flatMap(([type, schema, note]) =>
    graph
      .all(type)
      .filter((resource) => schema.safeParse(flattened(resource.inputs)).success)
      .map(({ name }) => `${type} ${name}: ${note}`),
  );
  return [...unknown, ...inputs];
}

const isOfAws = (type: string) => /^(?:aws|aws-native|awsx):/.test(type);

/** Lists as JSON. */
const flattened = (inputs: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [
      key,
      Array.isArray(value) ? JSON.stringify(value) : value,
    ]),
  );
