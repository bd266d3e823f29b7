/** Ways out of the app by resource types that it does not have, each refused by its name in protected stages. */
import { add, edit, editPolicy, type MutationRow, trust } from "./mutate.ts";

const ways = [
  ["a subscription to a log group", "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"],
  ["a stream of metrics", "aws:cloudwatch/metricStream:MetricStream"],
  ["an identity pool", "aws:cognito/identityPool:IdentityPool"],
  [
    "the roles of an identity pool",
    "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
  ],
  ["another identity provider", "aws:cognito/identityProvider:IdentityProvider"],
  ["an event source", "aws:lambda/eventSourceMapping:EventSourceMapping"],
  ["a layer", "aws:lambda/layerVersion:LayerVersion"],
  ["an alias of a function", "aws:lambda/alias:Alias"],
  ["a rule of EventBridge", "aws:cloudwatch/eventRule:EventRule"],
  ["a target of EventBridge", "aws:cloudwatch/eventTarget:EventTarget"],
  ["a pipe", "aws:pipes/pipe:Pipe"],
  ["a schedule", "aws:scheduler/schedule:Schedule"],
  ["a delivery stream", "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
  ["the notifications of a bucket", "aws:s3/bucketNotification:BucketNotification"],
  ["a domain name of the API", "aws:apigateway/domainName:DomainName"],
  ["a mapping to the API", "aws:apigateway/basePathMapping:BasePathMapping"],
  ["a link to a network", "aws:apigateway/vpcLink:VpcLink"],
  ["an HTTP API", "aws:apigatewayv2/api:Api"],
  ["a grant of a key", "aws:kms/grant:Grant"],
  ["a replica of a key", "aws:kms/replicaKey:ReplicaKey"],
  ["a user", "aws:iam/user:User"],
  ["an access key", "aws:iam/accessKey:AccessKey"],
  ["a policy of a role that is its own resource", "aws:iam/rolePolicy:RolePolicy"],
  ["an identity provider of the account", "aws:iam/openIdConnectProvider:OpenIdConnectProvider"],
  ["a parameter", "aws:ssm/parameter:Parameter"],
  ["the rotation of a secret", "aws:secretsmanager/secretRotation:SecretRotation"],
  ["the settings of another provider", "pulumi:providers:aws"],
  ["a command at deployment", "command:local:Command"],
] as const;

export const typeMutations: readonly MutationRow[] = [
  ...ways.map(
    ([what, type]) => [`the refusal of ${what}`, add(type, {}), "types-are-known"] as const,
  ),
  [
    "the services of this app as those that have roles",
    add("aws:iam/role:Role", {
      assumeRolePolicy: trust({ Service: "rolesanywhere.amazonaws.com" }),
    }),
    "services-are-known",
  ],
  [
    "the services of this app as those that call",
    edit("aws:lambda/permission:Permission", ["principal"], "events.amazonaws.com"),
    "services-are-known",
  ],
  [
    "the services of this app as those that policies let in",
    editPolicy("aws:sqs/queuePolicy:QueuePolicy", (policy) =>
      policy.replaceAll("sns.amazonaws.com", "events.amazonaws.com"),
    ),
    "services-are-known",
  ],
];
