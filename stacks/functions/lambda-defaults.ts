/** What both functions have in common, and the permissions that each needs to run. */
import { arnOf } from "../shared/arns.ts";
import type { LogSettings } from "../shared/log-groups.ts";
import type { Stage } from "../settings/stage.ts";

/** Seconds: below API Gateway's 29 s, above what one request can take. */
export const LAMBDA_TIMEOUT_SECONDS = 10;

/**
 * How both functions are bundled. SST 4.17 documents that it minifies by default; its builder does
 * so only on request. Source maps are made, uploaded beside the code and left out of the zip. No
 * log depends on the names of functions and classes (packages/core/src/adapters/describe-error.ts).
 */
const bundle = {
  minify: true,
  esbuild: { keepNames: false },
} satisfies sst.aws.FunctionArgs["nodejs"];

/** Arguments of a function named after this stage; its role has the same name. */
export function lambdaDefaults(
  part: string,
  { stage: { settings, names }, logs }: { stage: Stage; logs: LogSettings },
  reserved: number | undefined,
) {
  const name = names.resource(part);
  return {
    name,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: "256 MB",
    timeout: `${LAMBDA_TIMEOUT_SECONDS} seconds`,
    ...(reserved === undefined ? {} : { concurrency: { reserved } }),
    logging: { format: "json", retention: settings.logRetention },
    nodejs: bundle,
    transform: {
      function: { tracingConfig: { mode: "Active" } },
      logGroup: logs,
      role: (role: aws.iam.RoleArgs) => restrictRole(role, name),
    },
  } satisfies Omit<sst.aws.FunctionArgs, "handler">;
}

/**
 * Lets a function write to its own log group. SST would attach an AWS managed policy instead, which
 * allows every log group of the account. A stream's name is not known before it exists.
 */
export const allowLogging = (part: string, { names }: Stage) => ({
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [arnOf("logs", `log-group:${names.functionLog(part)}:*`)],
});

/**
 * Lets a function send its traces: what Lambda's tracing needs (documented: LAMBDA/services-xray). The
 * actions support no resources to restrict them to.
 */
export const allowTracing = {
  actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  resources: ["*"],
};

/**
 * Lets a function use a key of this stage. The policies of AWS's own keys let every principal of the
 * account use them through their service, so that a role needs no grant (documented: KMS/concepts).
 */
export const allowKey = (actions: readonly string[], key: aws.kms.Key | undefined) =>
  key === undefined ? [] : [{ actions: [...actions], resources: [key.arn] }];

/**
 * Restricts grants to calls with the credentials that Lambda gives this function: no other function that
 * is given the role has them (documented: LAMBDA/permissions-source-function-arn). Not for what Lambda itself
 * calls with the role, such as a destination, nor for what a service asks of KMS in the role's name: no
 * page says that it has the function. Code of `sst dev` runs outside Lambda.
 */
export function onlyFrom(part: string, { names }: Stage, grants: readonly Grant[]): Grant[] {
  if ($dev) return [...grants];
  const condition = {
    test: "ArnEquals",
    variable: "lambda:SourceFunctionArn",
    values: [arnOf("lambda", `function:${names.resource(part)}`)],
  };
  return grants.map((grant) => ({ ...grant, conditions: [condition] }));
}

/** What a role may do. */
type Grant = Pick<sst.aws.FunctionPermissionArgs, "actions" | "resources" | "conditions">;

/**
 * Names the role, so that policies can name it before it exists, and lets only Lambda assume it:
 * SST 4.17 lets every principal of the account do so, which `sst dev` needs. It has no managed policy.
 */
function restrictRole(role: aws.iam.RoleArgs, name: string): undefined {
  role.name = name;
  role.managedPolicyArns = [];
  if ($dev) return;
  role.assumeRolePolicy = $jsonStringify(
    aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  );
}
