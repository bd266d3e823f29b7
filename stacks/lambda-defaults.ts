/** What both functions have in common. */

export const lambdaDefaults = {
  runtime: "nodejs24.x",
  architecture: "arm64",
  memory: "256 MB",
  timeout: "10 seconds",
  logging: { format: "json", retention: "1 month" },
  transform: { role: trustLambdaAlone },
} satisfies Omit<sst.aws.FunctionArgs, "handler">;

/** SST 4.17 lets every principal of the account assume a function's role; `sst dev` needs that. */
function trustLambdaAlone(role: aws.iam.RoleArgs): undefined {
  if ($dev) return;
  role.assumeRolePolicy = $jsonStringify(
    aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  );
}
