/** The environment variables that a worker of the SST CLI gets from the bridge. */

/** What SST's own bridge leaves out (recorded: platform/functions/bridge/bridge.go of SST). */
const keptBackBySst = [
  "SST_DEBUG_ENDPOINT",
  "SST_DEBUG_SRC_HANDLER",
  "SST_DEBUG_SRC_PATH",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "LD_LIBRARY_PATH",
  "LAMBDA_TASK_ROOT",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "PATH",
  "LANG",
  "_HANDLER",
];

/** Variables of a process of the local cloud; the CLI's worker outlives their directory. */
const keptBackByUs = ["HOME", "TMPDIR", "NODE_COMPILE_CACHE"];

const keptBack = new Set([...keptBackBySst, ...keptBackByUs]);

/** Its home is the user's, whose profiles for AWS it must not follow. */
const noProfiles = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };

/** `NAME=value`, for each variable of the function that its worker sees. */
export function workerVariables(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries({ ...variables, ...noProfiles })
    .filter(([name]) => !keptBack.has(name))
    .map(([name, value]) => `${name}=${value}`);
}
