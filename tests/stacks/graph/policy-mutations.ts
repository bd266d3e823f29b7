/** Policies that name others than this app, or allow more than it needs, refused in protected stages. */
import { appName } from "@secure-lambda/functions/contract";
import { edit, editInput, editPolicy, type MutationRow } from "./mutate.ts";

const NAMES = "policies-name-this-app";
const ACTIONS = "actions-are-known";
const PERMISSION = "aws:lambda/permission:Permission";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const OTHER = "arn:aws:sns:us-east-1:000000000000:other";
const ADMINISTRATOR = "arn:aws:iam::000000000000:role/Administrator";

/** What ExternalLambda may publish to, as what it may do something else with. */
const mayInstead = (action: string, resource?: string) =>
  editInput(
    "aws:iam/role:Role",
    "inlinePolicies",
    (policies) =>
      policies.replace(/sns:Publish([^:]*Resource[\\": ]*)(arn:[^"\\]*)/, (_, between, arn) =>
        [action, between, resource ?? arn].join(""),
      ),
    "ExternalLambdaRole",
  );

export const policyMutations: readonly MutationRow[] = [
  [
    "this app's topic as what a role publishes to, for another topic of the account",
    mayInstead("sns:Publish", OTHER),
    NAMES,
  ],
  [
    "this app's topic as what a role publishes to, for one that the stack calls its own",
    (graph) =>
      mayInstead(
        "sns:Publish",
        OTHER,
      )(graph).map((one) =>
        one.type === "pulumi:pulumi:Stack" ? { ...one, outputs: { arn: OTHER } } : one,
      ),
    NAMES,
  ],
  [
    "this app's roles as the senders of dead letters",
    editPolicy(QUEUE_POLICY, (policy) =>
      policy.replace(
        /"ArnNotEquals":\{"aws:PrincipalArn":("[^"]*")/,
        `"ArnNotEquals":{"aws:PrincipalArn":[$1,"${ADMINISTRATOR}"]`,
      ),
    ),
    NAMES,
  ],
  [
    "this app's roles as the readers of the secret",
    editPolicy("aws:secretsmanager/secretPolicy:SecretPolicy", (policy) =>
      policy.replace(
        /"ArnEquals":\{"aws:PrincipalArn":("[^"]*")/,
        `"ArnEquals":{"aws:PrincipalArn":[$1,"${ADMINISTRATOR}"]`,
      ),
    ),
    NAMES,
  ],
  ["this app's topic as the source of a call", edit(PERMISSION, ["sourceArn"], OTHER), NAMES],
  [
    "the exact name of this app's topic as the source of a call",
    editInput(PERMISSION, "sourceArn", (arn) => arn.replace(/"$/, '-other"')),
    NAMES,
  ],
  [
    "what a function does with data as all that it may do",
    mayInstead("iam:CreateAccessKey"),
    ACTIONS,
  ],
  [
    "a topic's attributes, which its publisher could set",
    mayInstead("sns:SetTopicAttributes"),
    ACTIONS,
  ],
  [
    "the roles of functions as those that have data, for that of a service",
    (graph) => {
      const secret = graph.find(({ type }) => type === "aws:secretsmanager/secret:Secret");
      const statement = {
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: secret?.outputs["arn"],
      };
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: statement });
      const role = "APIGatewayPushToCloudWatchLogsRole";
      return edit("aws:iam/role:Role", ["inlinePolicies"], [{ policy }], role)(graph);
    },
    ACTIONS,
  ],
  [
    "the account as a key's administrator, for a role of this app",
    editPolicy("aws:kms/key:Key", (policy) =>
      policy.replace(/root"(\},"Action":\["kms:Cancel)/, `role/${appName}-prod-ExternalLambda"$1`),
    ),
    ACTIONS,
  ],
];
