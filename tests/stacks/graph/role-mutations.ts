/** What is removed of roles and of permissions to invoke, and the rule that detects it. */
import { edit, type MutationRow, trust } from "./mutate.ts";

const PERMISSION = "aws:lambda/permission:Permission";
const ROLE = "aws:iam/role:Role";

export const roleMutations: readonly MutationRow[] = [
  [
    "the narrow policies of a role",
    edit(ROLE, ["managedPolicyArns"], ["arn:aws:iam::aws:policy/AdministratorAccess"]),
    "no-broad-managed-policies",
  ],
  ...["aws", "000000000000"].map((owner): MutationRow => [
    `the narrow policies of a role, by the one that API Gateway has, of ${owner}`,
    edit(
      ROLE,
      ["managedPolicyArns"],
      [`arn:aws:iam::${owner}:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`],
      owner === "aws" ? "ExternalLambdaRole" : "APIGatewayPushToCloudWatchLogsRole",
    ),
    "no-broad-managed-policies",
  ]),
  [
    "a role's own statement for its traces",
    edit(ROLE, ["managedPolicyArns"], ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"]),
    "no-broad-managed-policies",
  ],
  [
    "the trust in services only",
    edit(ROLE, ["assumeRolePolicy"], trust({ AWS: "arn:aws:iam::000000000000:root" })),
    "roles-trust-only-services",
  ],
  [
    "the trust in one service",
    edit(
      ROLE,
      ["assumeRolePolicy"],
      trust({ Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] }),
    ),
    "roles-trust-only-services",
  ],
  [
    "the method and path of a permission",
    edit(PERMISSION, ["sourceArn"], "arn:aws:execute-api:::api/*"),
    "functions-are-invoked-by-name",
  ],
  [
    "the source of a permission",
    edit(PERMISSION, ["sourceArn"], undefined),
    "functions-are-invoked-by-name",
  ],
];
