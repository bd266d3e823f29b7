/** The variables by which a command for AWS would go elsewhere, or could be read on its way. */
import { isAwsEndpoint } from "./aws-endpoint.ts";

/** A kind of variables, and which of their values are wrong. */
export interface VariableRule {
  readonly names: RegExp;
  readonly isWrong: (value: string) => boolean;
  /** Follows the name of what is wrong. */
  readonly reason: string;
}

/**
 * An endpoint in the environment or a profile. Pulumi's provider of AWS, which is Terraform's, has
 * variables of its own for some services (documented: its guide to custom service endpoints).
 */
export const endpointRule: VariableRule = {
  names: /^(?:AWS_ENDPOINT_URL(?:_\w+)?|(?:TF_)?AWS_(?:DYNAMODB|IAM|S3|STS)_ENDPOINT)$/,
  isWrong: (value) => value !== "" && !isAwsEndpoint(value),
  reason: "an endpoint must be one of AWS's services, by https",
};

/** Of SST's variables those that choose a stage, or how it builds and what it reports. */
const harmless =
  "STAGE|PASSPHRASE|LOG|LOG_CHILDREN|PRINT_LOGS|VERBOSE|TELEMETRY_DISABLED|NO_CLEANUP|NO_BUN|SKIP_DEPENDENCY_CHECK|BUILD_CONCURRENCY(?:_\\w+)?";

/** Of every command that calls AWS. Proxies and authorities stay: a company's network has its own. */
export const awsRules: readonly VariableRule[] = [
  endpointRule,
  {
    names: /^NODE_TLS_REJECT_UNAUTHORIZED$/,
    isWrong: (value) => value === "0",
    reason: "certificates must be verified",
  },
  { names: /^LOCAL_CLOUD_/, isWrong: () => true, reason: "it belongs to a local cloud" },
];

/** Of a command that runs the SST CLI. */
export const sstRules: readonly VariableRule[] = [
  ...awsRules,
  {
    names: new RegExp(`^SST_(?!(?:${harmless})$)`),
    isWrong: (value) => value !== "",
    reason: "it could lead the SST CLI to another program, server or account",
  },
];

/** Of the file `.env`, where other projects have no part. */
export const envFileRules: readonly VariableRule[] = [
  ...sstRules,
  { names: /^PULUMI_/, isWrong: () => true, reason: "SST sets what its Pulumi needs" },
];
