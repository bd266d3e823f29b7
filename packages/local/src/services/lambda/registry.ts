/** The registry of functions: settings, code on disk and environments. */
import path from "node:path";
import { readCode, unpackCode } from "./functions/code.ts";
import type { EventInvokeConfig } from "./invocations/destination-record.ts";
import { throttled } from "./invocations/failures.ts";
import type { Concurrency, LambdaMetrics } from "./metrics.ts";
import type { Pool } from "./execution-environments/pool.ts";
import { ACCOUNT_CONCURRENCY, RUNNING_PAYLOADS_LIMIT } from "./functions/limits.ts";
import { removeDirectory } from "./functions/remove-directory.ts";
import { checkSettings } from "./functions/settings.ts";
import type { FunctionSettings, FunctionVersion } from "./functions/function.ts";
import type { Invocation, InvocationResult } from "./invocations/invocation.ts";

/** The current state of a function. */
export interface FunctionState {
  readonly version: FunctionVersion;
  /** SHA-256 of the archive, in base64. */
  readonly codeSha256: string;
}

/** Every function. */
interface Registry {
  /** Creates or updates a function; throws as checkSettings and unpackCode do, changing nothing. */
  put(settings: FunctionSettings): Promise<void>;
  /** Removes a function; its running invocations still finish. */
  delete(name: string): void;
  /** By name, ARN, or ARN with `:$LATEST`. */
  readonly find: (nameOrArn: string) => FunctionState | undefined;
  /** In the order of names. */
  readonly list: () => readonly FunctionState[];
  setInvokeConfig(name: string, config: EventInvokeConfig): void;
  /** The event invoke configuration, by default AWS's defaults. */
  readonly invokeConfig: (nameOrArn: string) => EventInvokeConfig;
  /** Runs an invocation of a function that exists, within its reserved concurrency and the memory for payloads. */
  run(name: string, invocation: Invocation): Promise<InvocationResult>;
  /** Ends every environment at once. */
  stop(): Promise<void>;
}

interface StoredFunction extends FunctionState {
  readonly pool: Pool;
}

/** Creates an empty registry that unpacks code below `folder`. */
export function createRegistry(
  folder: string,
  metrics: Pick<LambdaMetrics, "began" | "throttled">,
  createPoolFor: (version: FunctionVersion, codeSha256: string) => Pool,
): Registry {
  const functions = new Map<string, StoredFunction>();
  const invokeConfigs = new Map<string, EventInvokeConfig>();
  const active = new Map<string, number>();
  /** Bytes of what runs or waits. */
  let payloads = 0;
  /** Includes pools of former versions until their last environment has ended. */
  const pools = new Set<Pool>();
  const retirements = new Set<Promise<void>>();
  let serial = 0;
  let stopped = false;

  /** A directory is never reused, so an environment of a former version keeps its own code. */
  function newFolder({ name }: FunctionSettings, sha256: string): string {
    serial += 1;
    const hash = Buffer.from(sha256, "base64").toString("hex").slice(0, 16);
    return path.join(folder, name, `${hash}-${String(serial)}`);
  }

  function retire(former: StoredFunction): void {
    const retirement = endPool(former).finally(() => retirements.delete(retirement));
    retirements.add(retirement);
  }

  async function endPool({ pool, version: { codeFolder } }: StoredFunction): Promise<void> {
    await pool.retire();
    pools.delete(pool);
    const inUse = [...functions.values()].some((other) => other.version.codeFolder === codeFolder);
    if (!inUse) await removeDirectory(codeFolder);
  }

  function find(nameOrArn: string): StoredFunction | undefined {
    const name = nameOrArn.startsWith("arn:") ? nameOrArn.split(":")[6] : nameOrArn;
    const found = functions.get(name ?? "");
    const { arn } = found?.version.settings ?? {};
    return [name, arn, `${String(arn)}:$LATEST`].includes(nameOrArn) ? found : undefined;
  }

  async function put(settings: FunctionSettings): Promise<void> {
    checkSettings(settings);
    const archive = await readCode(settings.code.zipFile);
    const former = functions.get(settings.name);
    const sameCode = former?.codeSha256 === archive.sha256;
    if (sameCode && withoutArchive(former.version.settings) === withoutArchive(settings)) return;
    const codeFolder = sameCode ? former.version.codeFolder : newFolder(settings, archive.sha256);
    if (!sameCode) await unpackCode(archive, codeFolder);
    if (stopped) throw new Error("The Lambda service was stopped.");
    const version = { settings, codeFolder };
    const pool = createPoolFor(version, archive.sha256);
    pools.add(pool);
    functions.set(settings.name, { version, codeSha256: archive.sha256, pool });
    if (former !== undefined) retire(former);
  }

  function deleteFunction(name: string): void {
    const former = functions.get(name);
    functions.delete(name);
    invokeConfigs.delete(name);
    if (former !== undefined) retire(former);
  }

  async function run(name: string, invocation: Invocation): Promise<InvocationResult> {
    const stored = functions.get(name);
    if (stored === undefined) throw new Error(`There is no function ${name}.`);
    const running = active.get(name) ?? 0;
    const { reservedConcurrency = ACCOUNT_CONCURRENCY } = stored.version.settings;
    const bytes = Buffer.byteLength(invocation.payload);
    if (running >= reservedConcurrency || payloads + bytes > RUNNING_PAYLOADS_LIMIT) {
      metrics.throttled(name);
      return throttled(invocation.requestId);
    }
    active.set(name, running + 1);
    payloads += bytes;
    metrics.began(name, concurrencyOf(name));
    try {
      return await stored.pool.invoke(invocation);
    } finally {
      active.set(name, (active.get(name) ?? 1) - 1);
      payloads -= bytes;
    }
  }

  function concurrencyOf(name: string): Concurrency {
    let ofAccount = 0;
    let unreserved = 0;
    for (const [other, running] of active) {
      const { reservedConcurrency } = functions.get(other)?.version.settings ?? {};
      ofAccount += running;
      if (reservedConcurrency === undefined) unreserved += running;
    }
    return { ofFunction: active.get(name) ?? 0, ofAccount, unreserved };
  }

  async function stop(): Promise<void> {
    stopped = true;
    await Promise.all([...pools].map((pool) => pool.kill()));
    await Promise.all(retirements);
  }

  return {
    put,
    delete: deleteFunction,
    find,
    list: () =>
      [...functions]
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(([, state]) => state),
    setInvokeConfig: (name, config) => void invokeConfigs.set(name, config),
    invokeConfig: (nameOrArn) =>
      invokeConfigs.get(find(nameOrArn)?.version.settings.name ?? "") ?? {},
    run,
    stop,
  };
}

/** The settings without the archive, whose path does not identify its content. */
function withoutArchive({ code: _code, ...rest }: FunctionSettings): string {
  return JSON.stringify(rest);
}
