/** The key policies that AWS gives. */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";

const rootOf = (account: string) => `arn:aws:iam::${account}:root`;

/** The policy of a key that was given none: IAM policies decide (documented: KMS/key-policy-default). */
export function defaultPolicy(account: string): string {
  return policyOf({ Principal: { AWS: rootOf(account) }, Action: "kms:*" });
}

/**
 * The policy of a service's own key: every principal of the account, through the service (recorded:
 * awsdocs/aws-kms-developer-guide). No other service can use it.
 */
export function managedPolicy(service: string, { region, account }: AwsEnvironment): string {
  const StringEquals = {
    "kms:ViaService": `${service}.${region}.amazonaws.com`,
    "kms:CallerAccount": account,
  };
  const uses = ["Encrypt", "Decrypt", "ReEncrypt*", "GenerateDataKey*", "CreateGrant"];
  return policyOf(
    {
      Principal: { AWS: "*" },
      Action: [...uses, "DescribeKey"].map((action) => `kms:${action}`),
      Condition: { StringEquals },
    },
    {
      Principal: { AWS: rootOf(account) },
      Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
    },
  );
}

function policyOf(...statements: readonly object[]): string {
  const Statement = statements.map((one) => ({ Effect: "Allow", Resource: "*", ...one }));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
