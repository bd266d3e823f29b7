/** What both functions have in common, and what each may do just to run. */
import { arnOf, managedPolicyArn } from "../shared/arns.ts";
import type { Stage } from "../settings/stage.ts";

/** Seconds; below the 29 s that API Gateway waits, above what a request can wait for. */
export const LAMBDA_TIMEOUT_SECONDS = 10;

/**
 * How both functions are bundled. SST 4.17 documents that it minifies unless told otherwise; its
 * builder does so only when told. Source maps are made, uploaded beside the code and left out of the
 * zip. No log depends on the names of functions and classes (`describe-error.ts`).
 */
export const bundle = {
  minify: true,
  esbuild: { keepNames: false },
  plugins: "stacks/bundle/plugins.mjs",
} satisfies sst.aws.FunctionArgs["nodejs"];

/** Arguments of a function named after this stage; its role has the same name. */
export function lambdaDefaults(part: string, { settings, names }: Stage, reserved: number) {
  const name = names.resource(part);
  return {
    name,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: "256 MB",
    timeout: `${LAMBDA_TIMEOUT_SECONDS} seconds`,
    concurrency: { reserved },
    logging: { format: "json", retention: settings.logRetention },
    nodejs: bundle,
    transform: {
      function: { tracingConfig: { mode: "Active" } },
      role: (role: aws.iam.RoleArgs) => restrictRole(role, name),
    },
  } satisfies Omit<sst.aws.FunctionArgs, "handler">;
}

/**
 * Lets a function write to its own log group. SST would attach AWS's policy instead, which lets it
 * write to every log group of the account. A stream's name is not known before it exists.
 */
export const allowLogging = (part: string, { names }: Stage) => ({
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [arnOf("logs", `log-group:${names.functionLog(part)}:*`)],
});

/**
 * Names the role, so that policies can name it before it exists, and lets Lambda alone assume it:
 * SST 4.17 lets every principal of the account do so, which `sst dev` needs. Tracing comes by AWS's
 * own policy, as its actions know no resources to narrow them to (documented).
 */
function restrictRole(role: aws.iam.RoleArgs, name: string): undefined {
  role.name = name;
  role.managedPolicyArns = [managedPolicyArn("AWSXRayDaemonWriteAccess")];
  if ($dev) return;
  role.assumeRolePolicy = $jsonStringify(
    aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  );
}
