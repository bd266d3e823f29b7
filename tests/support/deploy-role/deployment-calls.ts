/** Everything that `npm run deploy` of a stage calls, apart from the SST CLI's own calls. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";
import { account, arnOf, calls, region, type Call, type CallsFor } from "./call.ts";
import { apiCalls } from "./provider-api.ts";
import { functionCalls, secretKeyCalls } from "./provider-functions.ts";

const SECRET = "aws:secretsmanager/secret:Secret";

/** Without calls of AWS: components, and what Pulumi keeps in its state only. */
const local = /^(?:pulumi:|sst:|random:)/u;

/** The calls of the AWS provider. @throws Error naming a type whose calls are not known */
export const providerCalls = (graph: readonly GraphResource[]): readonly Call[] =>
  graph
    .filter(({ type }) => !local.test(type))
    .flatMap((resource) => {
      const callsFor = functionCalls[resource.type] ?? apiCalls[resource.type];
      if (callsFor === undefined) {
        throw new Error(
          `Add the calls of the AWS provider for ${resource.type} to tests/support/deploy-role, and what they need to docs/deploy-role.`,
        );
      }
      return [...callsFor(resource), ...(resource.type === SECRET ? secretKeyCalls(resource) : [])];
    });

const senderSchema = z.object({
  emailConfiguration: z.object({ sourceArn: z.string().optional() }).optional(),
});

/** What `scripts/account` asks about a resource, by its type. */
const asked: Readonly<Record<string, CallsFor>> = {
  "aws:lambda/function:Function": (resource) =>
    calls("lambda", "GetFunctionConcurrency", arnOf(resource)),
  "aws:sns/topicSubscription:TopicSubscription": ({ inputs }) =>
    inputs["protocol"] === "email" ? calls("sns", "GetSubscriptionAttributes", "*") : [],
  [SECRET]: (resource) => calls("secretsmanager", "DescribeSecret", arnOf(resource)),
  "aws:cognito/userPool:UserPool": ({ inputs }) => {
    const { sourceArn } = senderSchema.parse(inputs).emailConfiguration ?? {};
    if (sourceArn === undefined) return [];
    return [...calls("ses", "GetEmailIdentity", sourceArn), ...calls("ses", "GetAccount", "*")];
  },
};

/** What `scripts/account` asks, and the secret of the smoke test. */
export const commandCalls = (graph: readonly GraphResource[], stage: string): readonly Call[] => [
  ...calls("lambda", "GetAccountSettings", "*"),
  ...calls("logs", "DescribeResourcePolicies DescribeLogGroups", "*"),
  ...calls("cognito-idp", "DescribeUserPoolDomain", "*"),
  ...calls("apigateway", "GET", `arn:aws:apigateway:${region}::/account`),
  ...graph.flatMap((resource) => asked[resource.type]?.(resource) ?? []),
  ...calls(
    "secretsmanager",
    "GetSecretValue",
    `arn:aws:secretsmanager:us-east-1:${account}:secret:smoke-test-${stage}-aBcDeF`,
  ),
];

/** What the SST CLI calls before the first deployment in a Region (pkg/project/provider/aws.go of SST). */
export const bootstrapCalls: readonly Call[] = [
  ...["bootstrap", "bootstrap/asset"].flatMap((name) =>
    calls("ssm", "GetParameter", `arn:aws:ssm:${region}:${account}:parameter/sst/${name}`),
  ),
  ...calls("ssm", "PutParameter", `arn:aws:ssm:${region}:${account}:parameter/sst/bootstrap`),
  ...["sst-asset-abcdefghijkl", "sst-state-abcdefghijkl"].flatMap((bucket) =>
    calls("s3", "CreateBucket PutBucketPolicy", `arn:aws:s3:::${bucket}`),
  ),
  ...calls("s3", "PutBucketNotification", "arn:aws:s3:::sst-asset-abcdefghijkl"),
  ...calls("s3", "PutBucketVersioning", "arn:aws:s3:::sst-state-abcdefghijkl"),
  ...calls(
    "ecr",
    "CreateRepository DescribeRepositories",
    `arn:aws:ecr:${region}:${account}:repository/sst-asset`,
  ),
];
