/** The environment variables of an execution environment; none are inherited. */
import path from "node:path";
import type { FunctionVersion } from "../functions/function.ts";

/** What the variables are created from, besides the function. */
interface VariableSources {
  readonly region: string;
  /** `host:port/prefix/ENVIRONMENT`, which the runtime client polls. */
  readonly runtimeApi: string;
  /** URL of the AWS endpoint that the function's clients call. */
  readonly awsEndpoint: string;
  /** The variables by which `processes/stay-local.ts` acts. */
  readonly stayLocal: Readonly<Record<string, string>>;
  /** `127.0.0.1:PORT` of X-Ray's daemon; undefined while no function is traced. */
  readonly xrayDaemon: string | undefined;
  readonly logStream: string;
  /** By which calls of this environment are known at the AWS endpoint. */
  readonly sessionToken: string;
  /** The environment's own directory: its home and its temporary files. */
  readonly folder: string;
  /** Where Node keeps compiled modules between starts. */
  readonly compileCache: string;
}

/**
 * Lambda's defined variables (LAMBDA/configuration-envvars) and
 * what keeps the AWS clients inside the local cloud, over the function's own.
 */
export function environmentVariables(
  { settings, codeFolder }: FunctionVersion,
  sources: VariableSources,
): Record<string, string> {
  return {
    PATH: [path.dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(
      path.delimiter,
    ),
    TMPDIR: path.join(sources.folder, "tmp"),
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    ...(sources.xrayDaemon !== undefined && { AWS_XRAY_DAEMON_ADDRESS: sources.xrayDaemon }),
    ...settings.environment,
    // Another home might hold AWS's configuration files, with endpoints and profiles.
    HOME: sources.folder,
    _HANDLER: settings.handler,
    LAMBDA_TASK_ROOT: codeFolder,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_REGION: sources.region,
    AWS_DEFAULT_REGION: sources.region,
    // The AWS endpoint identifies the function by this name.
    AWS_ACCESS_KEY_ID: settings.name,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: sources.sessionToken,
    AWS_ENDPOINT_URL: sources.awsEndpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    ...sources.stayLocal,
    AWS_LAMBDA_RUNTIME_API: sources.runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: sources.logStream,
    AWS_LAMBDA_LOG_FORMAT: settings.logFormat,
    NODE_COMPILE_CACHE: sources.compileCache,
  };
}
