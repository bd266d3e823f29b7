/** The environment of the SST CLI: everything points at the local cloud, nothing at AWS. */
import path from "node:path";
import { isNetworkVariable, isToolVariable } from "./tool-variables.ts";

/** The endpoints and directories of a run of the CLI. */
interface SstEnvironment {
  readonly region: string;
  /** The directory for the CLI's own configuration, with the local engine as its `pulumi`. */
  readonly configFolder: string;
  readonly temporaryFolder: string;
  /** Absent without a running local cloud, as for `sst install`, which needs the network instead. */
  readonly cloud?: {
    readonly awsUrl: string;
    readonly engineUrl: string;
    readonly engineToken: string;
    /** Where connections to AWS end: the environment of `processes/stay-local.ts`. */
    readonly stayLocal: Readonly<Record<string, string>>;
  };
}

/**
 * The environment of a run of the CLI: of `env` what configures none of its tools, since an app may
 * read any other variable in sst.config.ts (SST's documentation of its CLI), and what leads to the
 * local cloud.
 */
export function sstEnvironment(env: NodeJS.ProcessEnv, options: SstEnvironment): NodeJS.ProcessEnv {
  const { region, configFolder, temporaryFolder, cloud } = options;
  const isKept = (name: string) =>
    !isToolVariable(name) || (cloud === undefined && isNetworkVariable(name));
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => isKept(name))),
    ...homeFor(process.platform, env, configFolder),
    NODE_OPTIONS: debuggerOptions(env),
    TMPDIR: temporaryFolder,
    SST_SKIP_DEPENDENCY_CHECK: "true",
    SST_NO_BUN: "true",
    SST_TELEMETRY_DISABLED: "1",
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false",
    AWS_USE_FIPS_ENDPOINT: "false",
    AWS_USE_DUALSTACK_ENDPOINT: "false",
    AWS_DEFAULTS_MODE: "legacy",
    // Without a local cloud, a port that refuses connections at once.
    AWS_ENDPOINT_URL: cloud?.awsUrl ?? "http://127.0.0.1:1",
    ...(cloud
      ? {
          ...cloud.stayLocal,
          LOCAL_CLOUD_ENGINE_URL: cloud.engineUrl,
          LOCAL_CLOUD_ENGINE_TOKEN: cloud.engineToken,
        }
      : {}),
  };
}

/** Whether an editor started this process under its debugger, which attaches to its children too. */
export function isDebuggerPresent(env: NodeJS.ProcessEnv): boolean {
  const marks = [
    "VSCODE_INSPECTOR_OPTIONS",
    "JB_NODE_DEBUG_CONNECTION_GATEWAY_PORT",
    "JB_IDE_PORT",
  ];
  return marks.some((name) => env[name]) || /--inspect/.test(env["NODE_OPTIONS"] ?? "");
}

/** Of `NODE_OPTIONS` what a debugger needs: modules to load first, and the inspector. */
const debuggerOption = /(?:--require|--import|-r)(?:=|\s+)(?:"(?:\\.|[^"\\])*"|\S+)|--inspect\S*/g;

function debuggerOptions(env: NodeJS.ProcessEnv): string {
  if (!isDebuggerPresent(env)) return "";
  return (env["NODE_OPTIONS"]?.match(debuggerOption) ?? []).join(" ");
}

/**
 * The CLI looks for its configuration in Go's `os.UserConfigDir`: `XDG_CONFIG_HOME` on Linux, below
 * `HOME` on macOS, where npm is told separately what it would have found at home.
 */
function homeFor(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, configFolder: string) {
  if (platform !== "darwin") return { XDG_CONFIG_HOME: configFolder };
  const home = env["HOME"] ?? "";
  return {
    HOME: configFolder,
    NPM_CONFIG_USERCONFIG: env["NPM_CONFIG_USERCONFIG"] ?? path.join(home, ".npmrc"),
    NPM_CONFIG_CACHE: env["NPM_CONFIG_CACHE"] ?? path.join(home, ".npm"),
  };
}

/** The folder, below the configuration folder, where the CLI looks for `pulumi`. */
export function pulumiFolder(configFolder: string, platform = process.platform): string {
  const config =
    platform === "darwin"
      ? path.join(configFolder, "Library", "Application Support")
      : configFolder;
  return path.join(config, "sst", "bin");
}
