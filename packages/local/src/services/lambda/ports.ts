/** The Lambda service: what it is created with, and what it offers. */
import type { ReportStep } from "../../requests/step.ts";
import type { Channels } from "../appsync/channels.ts";
import type { Measure } from "../cloudwatch/measurement.ts";
import type { LogGroups } from "../cloudwatch-logs/log-groups.ts";
import type { AsyncOutcome, Wait } from "./invocations/async-invocations.ts";
import type { EventInvokeConfig, FailureRecord } from "./invocations/destination-record.ts";
import type { EnvironmentRequests } from "./execution-environments/launcher.ts";
import type { Permission } from "./functions/permissions.ts";
import type { FunctionState } from "./registry.ts";
import type { FunctionSettings } from "./functions/function.ts";
import type { InvocationResult, InvokeOptions } from "./invocations/invocation.ts";
import type { Tracing } from "./tracing/tracing.ts";

/** The options of the service. */
export interface LambdaOptions {
  readonly region: string;
  /** `host:port/prefix` below which the listener calls `runtimeApi`; asked when one starts. */
  readonly runtimeApi: () => string;
  /** URL of the AWS endpoint that functions call; asked when an environment starts. */
  readonly awsEndpoint: () => string;
  /** The variables by which `processes/stay-local.ts` acts, asked when an environment starts. */
  readonly stayLocal?: (() => Readonly<Record<string, string>>) | undefined;
  /** Path of SST's runtime client, `.sst/platform/dist/nodejs-runtime/index.js`. */
  readonly runtimeClient: string;
  /** The service's own directory. What an earlier process left in it is removed. */
  readonly stateFolder: string;
  /** Where Node keeps the compiled code of environments; other local clouds may use it too. */
  readonly compileCache: string;
  readonly logs: LogGroups;
  readonly measure: Measure;
  /** The requests that functions work for; receives each invocation as a step. */
  readonly requests: EnvironmentRequests & { readonly report: ReportStep };
  /** Sends the record of a function's failed asynchronous invocation to its destination. */
  readonly deliverTo: (arn: string, record: FailureRecord) => Promise<void>;
  /** Milliseconds since 1970; for timestamps, deadlines and the age of events. */
  readonly now?: () => number;
  /** Milliseconds of a minute, by which failed and throttled events wait and age; 60,000 by default. */
  readonly minuteMs?: number;
  /** How events wait; by timers by default. */
  readonly wait?: Wait | undefined;
  /** How long an environment may take to start; 10,000 as on AWS. */
  readonly initLimitMs?: number;
  /** How many processes one function may have; further invocations wait. */
  readonly maxEnvironments?: number;
  /** The channels by which live functions reach the SST CLI; default: none is subscribed. */
  readonly channels?: Channels;
  /**
   * Whether timeouts are enforced and environments are frozen between invocations (default); off
   * while debugging.
   */
  readonly timeLimits?: boolean;
  /** Whether debuggers can attach to environments; default: no. */
  readonly inspect?: boolean;
  /** The path of the source map of a script in the archive with this SHA-256, in base64; default: none. */
  readonly sourceMapOf?: (codeSha256: string, script: string) => string | undefined;
  /** Records traces; they are discarded by default. */
  readonly tracing?: Tracing;
}

/** The service. Calls for a function that does not exist throw ResourceNotFoundException. */
export interface LambdaService {
  /** Creates or updates a function; an update ends its warm environments. Throws LambdaError. */
  putFunction(settings: FunctionSettings): Promise<void>;
  /** Deletes a function, its permissions and its configuration; none is no error. */
  deleteFunction(name: string): void;
  /** By name or ARN. */
  getFunction(nameOrArn: string): FunctionState | undefined;
  /** Every function, by name. */
  listFunctions(): readonly FunctionState[];
  putEventInvokeConfig(functionName: string, config: EventInvokeConfig): void;
  /** The configuration of a function's asynchronous invocations, by default AWS's defaults. */
  getEventInvokeConfig(functionName: string): EventInvokeConfig;
  addPermission(permission: Permission): void;
  removePermission(functionName: string, statementId: string): void;
  /** The statements of a function's policy; none for a function that does not exist. */
  listPermissions(functionName: string): readonly Permission[];
  /** Whether a service may invoke the function on behalf of a source. */
  isAllowed(functionArn: string, principal: string, sourceArn: string): boolean;
  /**
   * Invokes synchronously. Throws RequestEntityTooLargeException over 6 MB and
   * InvalidRequestContentException for a payload that is not JSON; other failures are results.
   */
  invoke(functionArn: string, payload: string, options?: InvokeOptions): Promise<InvocationResult>;
  /**
   * Invokes asynchronously, with retries. Throws as `invoke` does (the limit is 1 MB here), and
   * ResourceNotFoundException; the event is not accepted then.
   */
  invokeAsync(
    functionArn: string,
    payload: string,
    options?: InvokeOptions & { onOutcome?: (outcome: AsyncOutcome) => void },
  ): { readonly requestId: string };
  /** Serves the Runtime API; the request's path begins with the environment's id. */
  runtimeApi(request: Request): Promise<Response>;
  /** Kills every process and resolves when none is left. */
  stop(): Promise<void>;
}
