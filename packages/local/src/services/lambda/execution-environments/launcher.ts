/** Starts execution environments, each with a directory and a log stream, and finds them by id. */
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { LogGroups } from "../../cloudwatch-logs/log-groups.ts";
import type { Channels } from "../../appsync/channels.ts";
import { liveFunctionOf } from "../live/live-function.ts";
import { startChild, type Child, type ChildOptions } from "./child.ts";
import { startEnvironment, type Environment } from "./environment.ts";
import { startLiveChild } from "./live-child.ts";
import { removeDirectory } from "../functions/remove-directory.ts";
import { handleRuntimeRequest } from "./runtime-api.ts";
import type { FunctionVersion } from "../functions/function.ts";
import type { LambdaMetrics } from "../metrics.ts";
import { environmentVariables } from "./variables.ts";

/** The options of every environment. */
interface LauncherOptions {
  readonly region: string;
  readonly runtimeApi: () => string;
  readonly awsEndpoint: () => string;
  readonly stayLocal?: (() => Readonly<Record<string, string>>) | undefined;
  readonly xrayDaemon: () => string | undefined;
  readonly runtimeClient: string;
  /** Holds a folder for each environment. */
  readonly folder: string;
  readonly compileCache: string;
  /** The channels by which live functions reach the SST CLI. */
  readonly channels: Channels;
  readonly logs: LogGroups;
  /** Whether debuggers can attach to environments. */
  readonly inspect: boolean;
  readonly initLimitMs: number;
  /** Whether environments are frozen between invocations. */
  readonly freezes: boolean;
  readonly metrics: Pick<LambdaMetrics, "ended">;
  readonly now: () => number;
  /** The requests that invocations belong to, by the session tokens of environments. */
  readonly requests: EnvironmentRequests;
}

/** Attaches an environment's calls of AWS to the request that it works for, until its end. */
export interface EnvironmentRequests {
  attach(sessionToken: string): void;
  detach(sessionToken: string): void;
}

/** What code is started with. */
interface Started {
  readonly version: FunctionVersion;
  readonly logStream: string;
  readonly folder: string;
  readonly sessionToken: string;
}

/** The environments of a service. */
interface Launcher {
  launch(version: FunctionVersion): Environment;
  /** The environment of that id, unless it has ended. */
  readonly find: (id: string) => Environment | undefined;
  /** Resolves when the folders of all ended environments are gone. */
  cleared(): Promise<void>;
}

/** Creates a launcher that has started nothing. */
export function createLauncher(options: LauncherOptions): Launcher {
  const { logs, now, initLimitMs, freezes } = options;
  const environments = new Map<string, Environment>();
  const endings = new Set<Promise<void>>();
  const find = (id: string) => environments.get(id);
  const ask = (request: Request) => handleRuntimeRequest(request, find);

  async function clear(environment: Environment, folder: string, token: string): Promise<void> {
    await environment.ended;
    options.requests.detach(token);
    environments.delete(environment.id);
    await removeDirectory(folder);
  }

  /** Starts what runs the code: a process, or the bridge of a live function. */
  function startCode(
    { version, logStream, folder, sessionToken }: Started,
    id: string,
    listeners: Pick<ChildOptions, "onLine" | "onFatal" | "onExit">,
  ): Child {
    const variables = environmentVariables(version, {
      region: options.region,
      runtimeApi: `${options.runtimeApi()}/${id}`,
      awsEndpoint: options.awsEndpoint(),
      stayLocal: options.stayLocal?.() ?? {},
      xrayDaemon: options.xrayDaemon(),
      logStream,
      sessionToken,
      folder,
      compileCache: options.compileCache,
    });
    const live = liveFunctionOf(version.settings);
    if (live === undefined) {
      const { runtimeClient, inspect } = options;
      return startChild({ version, runtimeClient, inspect, variables, ...listeners });
    }
    const { channels } = options;
    return startLiveChild({ id, live, variables, logStream, channels, ask, ...listeners });
  }

  function launch(version: FunctionVersion): Environment {
    // Not the environment's id, which is a secret; the name of a log stream is public.
    const stream = randomUUID().replaceAll("-", "");
    const date = new Date(now()).toISOString().slice(0, 10).replaceAll("-", "/");
    const logStream = `${date}/[$LATEST]${stream}`;
    const folder = path.join(options.folder, stream);
    mkdirSync(path.join(folder, "tmp"), { recursive: true });
    const { logGroup: group } = version.settings;
    const environment = startEnvironment({
      version,
      logStream,
      initLimitMs,
      freezes,
      now,
      onInvoke: () => options.requests.attach(stream),
      log: (message, timestamp) => logs.write({ group, stream: logStream, timestamp, message }),
      onEnded: options.metrics.ended,
      start: (id, listeners) =>
        startCode({ version, logStream, folder, sessionToken: stream }, id, listeners),
    });
    environments.set(environment.id, environment);
    const ending = clear(environment, folder, stream).finally(() => endings.delete(ending));
    endings.add(ending);
    return environment;
  }

  return {
    launch,
    find,
    async cleared() {
      await Promise.all(endings);
    },
  };
}
