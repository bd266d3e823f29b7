/** Inputs that no rule looks at, each refused by its name in protected stages. */
import { edit, type MutationRow } from "./mutate.ts";

const LAMBDA = "aws:lambda/function:Function";
const INTEGRATION = "aws:apigateway/integration:Integration";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

const inputs = [
  [LAMBDA, "vpcConfig", { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] }],
  [LAMBDA, "durableConfig", { executionTimeout: 31_622_400 }],
  [LAMBDA, "snapStart", { applyOn: "PublishedVersions" }],
  [LAMBDA, "imageConfig", { entryPoints: ["/opt/other"] }],
  [LAMBDA, "s3ObjectVersion", "older"],
  [LAMBDA, "region", "eu-west-1"],
  ["aws:kms/key:Key", "region", "eu-west-1"],
  ["aws:lambda/permission:Permission", "functionUrlAuthType", "NONE"],
  ["aws:apigateway/deployment:Deployment", "variables", { other: "x" }],
  ["aws:apigateway/method:Method", "authorizationScopes", ["openid"]],
  ["aws:apigateway/stage:Stage", "cacheClusterEnabled", true],
  [
    INTEGRATION,
    "requestParameters",
    { "integration.request.header.X-Amz-Invocation-Type": "'Event'" },
  ],
  [INTEGRATION, "credentials", "arn:aws:iam::*:user/*"],
  [SUBSCRIPTION, "filterPolicy", '{"nothing":["matches"]}'],
  [SUBSCRIPTION, "rawMessageDelivery", true],
  ["aws:sqs/queue:Queue", "maxMessageSize", 1_024],
  ["aws:sns/topic:Topic", "archivePolicy", '{"MessageRetentionPeriod":"365"}'],
  ["aws:secretsmanager/secretVersion:SecretVersion", "versionStages", ["OTHER"]],
  ["aws:wafv2/webAcl:WebAcl", "ruleJson", "[]"],
  ["pulumi:providers:aws", "profile", "other"],
  ["pulumi:providers:aws", "endpoints", [{ lambda: "https://stranger.example" }]],
  ["aws:s3/bucketObjectv2:BucketObjectv2", "websiteRedirect", "https://stranger.example"],
] as const;

const refusals = inputs.map(([type, input, value]): MutationRow => [
  `the refusal of ${input} in ${type}`,
  edit(type, [input], value),
  "inputs-are-known",
]);

export const inputMutations: readonly MutationRow[] = [
  ...refusals,
  [
    "the refusal of a variable that the app does not have",
    edit(LAMBDA, ["environment", "variables", "TOPIC_HINT"], "correct horse"),
    "inputs-are-known",
  ],
  [
    "changes of the topic's policy",
    (graph) =>
      graph.map((one) =>
        one.type === "aws:sns/topicPolicy:TopicPolicy"
          ? { ...one, ignoreChanges: ["policy"] }
          : one,
      ),
    "changes-are-deployed",
  ],
];
