/** What is set of a resource once, set again, and the rule that detects it. */
import { appName } from "@secure-lambda/functions/contract";
import * as z from "zod";
import type { Mutation, MutationRow } from "./mutate.ts";

const INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";

/** Sets it by another resource of the type, with these inputs in place of the first one's. */
const again =
  (type: string, inputs: object): Mutation =>
  (graph) => [
    ...graph,
    ...graph
      .filter((one) => one.type === type)
      .slice(0, 1)
      .map((one) => ({
        ...one,
        id: "extra",
        urn: "extra",
        name: "Extra",
        inputs: { ...one.inputs, ...inputs },
        outputs: {},
      })),
  ];

const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });

/** Of a function that is called by its ARN this time. */
const byArn: Mutation = (graph) => {
  const config = graph.find(({ type }) => type === INVOKE_CONFIG);
  const named = z.string().parse(config?.inputs["functionName"]);
  const { arn } = graph.find(({ outputs }) => outputs["name"] === named)?.outputs ?? {};
  return again(INVOKE_CONFIG, { functionName: arn, destinationConfig: {} })(graph);
};

const repeated = (
  [
    ["the topic's policy", "aws:sns/topicPolicy:TopicPolicy", { policy }],
    ["the queue's policy", "aws:sqs/queuePolicy:QueuePolicy", { policy }],
    ...[`${appName}-prod-DeadLetters`, "other"].map(
      (queue) =>
        [
          `the queue's policy, by its address on AWS or another's (${queue}),`,
          "aws:sqs/queuePolicy:QueuePolicy",
          { policy, queueUrl: `https://sqs.us-east-1.amazonaws.com/000000000000/${queue}` },
        ] as const,
    ),
    ["the secret's policy", "aws:secretsmanager/secretPolicy:SecretPolicy", { policy }],
    [
      "the firewall of a stage or pool",
      "aws:wafv2/webAclAssociation:WebAclAssociation",
      { webAclArn: "arn:aws:wafv2:us-east-1:000000000000:regional/webacl/other/1" },
    ],
    [
      "the firewall's log",
      "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      { redactedFields: [] },
    ],
    ["the on-failure destination", INVOKE_CONFIG, { destinationConfig: {} }],
    [
      "the on-failure destination, of $LATEST,",
      INVOKE_CONFIG,
      { destinationConfig: {}, qualifier: "$LATEST" },
    ],
    ["a method", "aws:apigateway/method:Method", {}],
    ["an alarm of its name", "aws:cloudwatch/metricAlarm:MetricAlarm", { threshold: 1e9 }],
    ["the dashboard", "aws:cloudwatch/dashboard:Dashboard", { dashboardBody: '{"widgets":[]}' }],
    [
      "a log policy of its name",
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
      { policyDocument: policy },
    ],
    [
      "the topic's subscribers, by a topic of the account,",
      "aws:sns/topicSubscription:TopicSubscription",
      {
        topic: `arn:aws:sns:us-east-1:111122223333:${appName}-prod-GreetingTopic`,
        protocol: "email",
        endpoint: "x@example.com",
      },
    ],
    [
      "who invokes a function, by another function,",
      "aws:lambda/permission:Permission",
      { function: "another" },
    ],
    ["a key's name, by another key,", "aws:kms/alias:Alias", { targetKeyId: "another" }],
    [
      "a pool's clients, by another pool,",
      "aws:cognito/userPoolClient:UserPoolClient",
      { userPoolId: "us-east-1_another" },
    ],
    ["an answer to errors", "aws:apigateway/response:Response", {}],
  ] as const
).map(([what, type, inputs]): MutationRow => [
  `${what} as the only one`,
  again(type, inputs),
  "nothing-is-set-twice",
]);

export const setOnceMutations: readonly MutationRow[] = [
  ...repeated,
  ["the on-failure destination as the only one, by an ARN", byArn, "nothing-is-set-twice"],
];
