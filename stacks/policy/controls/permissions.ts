/** Controls of roles and their policies. */
import type { Control } from "./control.ts";

/** By number. */
export const permissionControls: readonly Control[] = [
  {
    number: 99,
    area: "IAM",
    control:
      "No administrator, full-access or wildcard-action grants; no escalation, exfiltration, credential exposure",
    ids: "SecHub IAM.1, IAM.21; IAMPolicyNoStatementsWithAdminAccess/FullAccess; CKV_AWS_60-63, 107-111, 283, 286-290, 355; AWS-0057; prowler iam_inline_policy_*; Guard IAM_*",
    decision: "met",
    held: {
      "no-wildcard-grants": ["a named action of a role"],
      "no-broad-managed-policies": ["the narrow policies of a role"],
      "actions-are-known": ["what a function does with data as all that it may do"],
      "policies-name-this-app": [
        "this app's topic as what a role publishes to, for another topic of the account",
        "this app's roles as the readers of the secret",
      ],
    },
  },
  {
    number: 100,
    area: "IAM",
    control: "No wildcard resources without written evidence",
    ids: "AwsSolutions-IAM5",
    decision: "excepted",
    reason:
      "The streams of a named log group end in :*, as no stream has a name before it exists; X-Ray has no resources to name. Nothing else.",
    held: { "no-wildcard-grants": ["a named resource of a role", "the two actions of tracing"] },
  },
  {
    number: 101,
    area: "IAM",
    control: "No AWS managed policies",
    ids: "AwsSolutions-IAM4",
    decision: "excepted",
    reason:
      "No function's role has one. The account's role for API Gateway's logs, which SST makes, has AmazonAPIGatewayPushToCloudWatchLogs.",
    held: { "no-broad-managed-policies": ["a role's own statement for its traces"] },
  },
  {
    number: 102,
    area: "IAM",
    control: "No inline policies",
    ids: "NIST/HIPAA/PCI IAMNoInlinePolicy",
    decision: "excepted",
    reason: "A role is for one function, and its policy with it: they come and go together.",
    held: { "functions-have-roles-of-their-own": ["a function's own role"] },
  },
  {
    number: 103,
    area: "IAM",
    control: "Roles trust one service",
    ids: "CKV_AWS_60, 61",
    decision: "met",
    held: {
      "roles-trust-only-services": ["the trust in services only", "the trust in one service"],
      "principals-are-of-this-account": ["the one service that a role trusts"],
      "services-are-known": ["the services of this app as those that have roles"],
    },
  },
  {
    number: 104,
    area: "IAM",
    control: "Service roles' trust names the account (confused deputy)",
    ids: "prowler iam_role_cross_service_confused_deputy_prevention; AWS's agent-toolkit-for-aws sets aws:SourceAccount on Lambda roles",
    decision: "excepted",
    reason:
      "Lambda takes a role of its own account only, and a condition on the source is contested for it.",
  },
  {
    number: 105,
    area: "IAM",
    control: "Role's credentials work only from its function",
    ids: "AWS docs permissions-source-function-arn (lambda:SourceFunctionArn)",
    decision: "met",
    note: "Another function with the role cannot use them; credentials stolen from the function pass.",
    held: {
      "grants-are-for-one-function": [
        "that a grant is for calls of a function's code",
        "which function's code a grant is for",
        "that a grant is for no calls without a function",
      ],
    },
  },
];
