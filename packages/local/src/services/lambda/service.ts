/** The Lambda service: functions run in child processes. */
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createChannels } from "../appsync/channels.ts";
import { createAsyncInvocations, type AsyncOutcome } from "./invocations/async-invocations.ts";
import { LambdaError } from "./functions/errors.ts";
import { notFound } from "./invocations/failures.ts";
import { lossLine } from "./execution-environments/platform-log.ts";
import { ASYNC_REQUEST_LIMIT, INIT_LIMIT_MS, REQUEST_LIMIT } from "./functions/limits.ts";
import { createLauncher } from "./execution-environments/launcher.ts";
import { reportInvocation } from "./invocations/report-invocation.ts";
import { createPermissions } from "./functions/permissions.ts";
import { createPool } from "./execution-environments/pool.ts";
import { createLambdaMetrics } from "./metrics.ts";
import { createRegistry } from "./registry.ts";
import { putSourceMaps } from "./functions/source-maps.ts";
import { handleRuntimeRequest } from "./execution-environments/runtime-api.ts";
import type { FunctionSettings, FunctionVersion } from "./functions/function.ts";
import type { Attempt, InvokeOptions } from "./invocations/invocation.ts";
import { checkPayload } from "./invocations/payload.ts";
import { openTrace } from "./tracing/invocation-trace.ts";
import { noTracing } from "./tracing/tracing.ts";
import type { LambdaOptions, LambdaService } from "./ports.ts";

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
    getEventInvokeConfig: registry.invokeConfig,
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
