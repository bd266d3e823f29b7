/** The Lambda service: functions run in child processes. */
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ReportStep } from "../../requests/step.ts";
import { createChannels, type Channels } from "../appsync/channels.ts";
import type { Measure } from "../cloudwatch/measurement.ts";
import type { LogGroups } from "../cloudwatch-logs/log-groups.ts";
import {
  createAsyncInvocations,
  type AsyncOutcome,
  type Wait,
} from "./invocations/async-invocations.ts";
import type { EventInvokeConfig, FailureRecord } from "./invocations/destination-record.ts";
import { LambdaError } from "./functions/errors.ts";
import { notFound } from "./invocations/failures.ts";
import { lossLine } from "./execution-environments/platform-log.ts";
import { ASYNC_REQUEST_LIMIT, INIT_LIMIT_MS, REQUEST_LIMIT } from "./functions/limits.ts";
import { createLauncher, type EnvironmentRequests } from "./execution-environments/launcher.ts";
import { reportInvocation } from "./invocations/report-invocation.ts";
import { createPermissions, type Permission } from "./functions/permissions.ts";
import { createPool } from "./execution-environments/pool.ts";
import { createLambdaMetrics } from "./metrics.ts";
import { createRegistry, type FunctionState } from "./registry.ts";
import { putSourceMaps } from "./functions/source-maps.ts";
import { handleRuntimeRequest } from "./execution-environments/runtime-api.ts";
import type { FunctionSettings, FunctionVersion } from "./functions/function.ts";
import type { InvocationResult, InvokeOptions } from "./invocations/invocation.ts";
import { checkPayload } from "./invocations/payload.ts";
import { openTrace } from "./tracing/invocation-trace.ts";
import { noTracing, type Attempt, type Tracing } from "./tracing/tracing.ts";

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

/** Creates the service without functions. */
export function createLambdaService(options: LambdaOptions): LambdaService {
  const { logs, stateFolder, now = Date.now } = options;
  const {
    minuteMs = 60_000,
    wait = (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
    initLimitMs = INIT_LIMIT_MS,
    maxEnvironments = 10,
    channels = createChannels(),
    timeLimits = true,
    inspect = false,
    sourceMapOf = () => undefined,
    tracing = noTracing,
  } = options;
  const environmentsFolder = path.join(stateFolder, "environments");
  const functionsFolder = path.join(stateFolder, "functions");
  for (const folder of [environmentsFolder, functionsFolder]) {
    rmSync(folder, { recursive: true, force: true });
  }
  const metrics = createLambdaMetrics(options.measure);
  const launcher = createLauncher({
    ...options,
    folder: environmentsFolder,
    compileCache: path.join(stateFolder, "compile-cache"),
    channels,
    xrayDaemon: tracing.daemonAddress,
    initLimitMs,
    freezes: timeLimits,
    inspect,
    metrics,
    now,
  });
  const permissions = createPermissions();
  const registry = createRegistry(functionsFolder, metrics, (version, codeSha256) =>
    createPool(() => {
      // Not earlier: SST uploads the maps while it creates the function.
      putSourceMaps(version.codeFolder, (script) => sourceMapOf(codeSha256, script));
      return launcher.launch(timeLimits ? version : withoutTimeLimit(version));
    }, maxEnvironments),
  );
  const events = createAsyncInvocations({
    run: attempt,
    configOf: registry.invokeConfig,
    deliverTo: options.deliverTo,
    report: reportLoss,
    metrics,
    minuteMs,
    wait,
    now,
  });

  function existing(nameOrArn: string): FunctionSettings {
    const found = registry.find(nameOrArn);
    if (found !== undefined) return found.version.settings;
    throw new LambdaError("ResourceNotFoundException", `Function not found: ${nameOrArn}`);
  }

  /** Opens the trace of an invocation of a function. */
  function trace(settings: FunctionSettings, requestId: string, isAsync: boolean, header = "") {
    return openTrace({ settings, requestId, isAsync, header, recorder: tracing, now });
  }

  async function attempt({ functionArn, requestId, payload, trace: opened }: Attempt) {
    const settings = registry.find(functionArn)?.version.settings;
    if (settings === undefined) return notFound(requestId, functionArn);
    const begun = opened.begin(settings);
    const startedAt = performance.now();
    const result = await registry.run(settings.name, { requestId, payload, trace: begun });
    reportInvocation(options.requests.report, settings.name, result, startedAt);
    begun.end(result);
    return result;
  }

  function reportLoss(functionArn: string, requestId: string, problem: string): void {
    const settings = registry.find(functionArn)?.version.settings;
    if (settings === undefined) return;
    const timestamp = now();
    const message = lossLine(settings, requestId, problem, new Date(timestamp));
    logs.write({ group: settings.logGroup, stream: "asynchronous", timestamp, message });
  }

  function invokeAsync(
    functionArn: string,
    payload: string,
    asked: InvokeOptions & { onOutcome?: (outcome: AsyncOutcome) => void } = {},
  ): { readonly requestId: string } {
    const settings = existing(functionArn);
    checkPayload(payload, ASYNC_REQUEST_LIMIT);
    const event = {
      functionArn: settings.arn,
      payload,
      trace: (requestId: string) => trace(settings, requestId, true, asked.trace),
    };
    return { requestId: events.accept(event, asked.onOutcome) };
  }

  async function stop(): Promise<void> {
    events.stop();
    await registry.stop();
    await launcher.cleared();
  }

  return {
    async putFunction(settings) {
      if (settings.tracing === "Active") await tracing.openDaemon();
      await registry.put(settings);
    },
    deleteFunction(name) {
      permissions.removeAll(name);
      registry.delete(name);
    },
    getFunction: registry.find,
    listFunctions: registry.list,
    putEventInvokeConfig: (functionName, config) =>
      registry.setInvokeConfig(existing(functionName).name, config),
    addPermission: (permission) =>
      permissions.add({ ...permission, functionName: existing(permission.functionName).name }),
    removePermission: (functionName, statementId) =>
      permissions.remove(existing(functionName).name, statementId),
    listPermissions: (functionName) => permissions.list(functionName),
    isAllowed(functionArn, principal, sourceArn) {
      const name = registry.find(functionArn)?.version.settings.name;
      return name !== undefined && permissions.allow(name, principal, sourceArn);
    },
    async invoke(functionArn, payload, asked) {
      checkPayload(payload, REQUEST_LIMIT);
      const requestId = randomUUID();
      const settings = registry.find(functionArn)?.version.settings;
      if (settings === undefined) return notFound(requestId, functionArn);
      const opened = trace(settings, requestId, false, asked?.trace);
      return attempt({ functionArn, requestId, payload, trace: opened });
    },
    invokeAsync,
    runtimeApi: (request) => handleRuntimeRequest(request, launcher.find),
    stop,
  };
}

/** A day: longer than a debugger waits at a breakpoint. */
function withoutTimeLimit({ settings, codeFolder }: FunctionVersion): FunctionVersion {
  return { settings: { ...settings, timeoutSeconds: 86_400 }, codeFolder };
}
