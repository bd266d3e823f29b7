/** What a local cloud is started with, and what a deployment to it is asked for. */
import type { RequestExample } from "./attacks/targets/example.ts";
import type { AwsAuthorization } from "./aws-protocol/service.ts";
import type { ServicesOptions } from "./local-services.ts";

/** How a local cloud starts; everything has a default. */
export interface LocalCloudOptions {
  /** The folder of `sst.config.ts`; default: the working directory. */
  readonly project?: string;
  /** Port of the API; 0, the default, takes a free one. */
  readonly port?: number;
  /** Port of the AWS endpoint; 0, the default, takes a free one. */
  readonly awsPort?: number;
  /** The region that the app deploys to; default `us-east-1`. */
  readonly region?: string | undefined;
  /**
   * How many minutes of AWS pass in one minute here, for metrics, alarms and retries; default 20: a
   * minute lasts 3 seconds.
   */
  readonly speed?: number;
  /**
   * The clock, the minutes and how failed events wait, for a test that moves them by hand; default: the
   * machine's clock, and minutes at `speed`.
   */
  readonly time?: Pick<ServicesOptions, "now" | "minutes" | "wait">;
  /** Whether timeouts of functions and integrations are enforced (default); off to debug. */
  readonly timeLimits?: boolean;
  /** Whether debuggers can attach to functions; functions print the address. Default: no. */
  readonly inspect?: boolean;
  /**
   * Whether what is not supported is kept inert, with outputs in the shape that its provider declares,
   * to rehearse a deployment to AWS. Default: no, it is refused by name.
   */
  readonly keepsUnsupported?: boolean;
  /** A request to each route that is served once it has a token: what attacks alter. Default: the last that was served. */
  readonly examples?: readonly RequestExample[];
  /** The app's OpenAPI document, which the console shows as a reference. Default: none. */
  readonly apiDocument?: object;
  /** Called with each call of AWS by the SST CLI, functions and operators, before it is authorized. */
  readonly beforeAuthorize?: ((call: AwsAuthorization) => void) | undefined;
  /** Called with faults of the local cloud itself; default: prints them to standard error. */
  readonly onError?: (error: unknown) => void;
}

/** What a run of `sst deploy` or `sst remove` is asked for. */
export interface DeployOptions {
  readonly stage: string;
  /** Receives each line that the SST CLI prints. */
  readonly onLine?: (line: string) => void;
  /** Called once, with a message for the user, when another local cloud deploys from the app's folder. */
  readonly onWait?: (what: string) => void;
  readonly signal?: AbortSignal;
}
