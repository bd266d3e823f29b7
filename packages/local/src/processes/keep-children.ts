/** Has the Node processes and threads that this one starts load `stay-local-preload.ts` first. */
import childProcess, { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import workerThreads, { Worker, type WorkerOptions } from "node:worker_threads";

const file = fileURLToPath(new URL("stay-local-preload.ts", import.meta.url));
/** In NODE_OPTIONS a path may be in quotes. */
const preload = `--require=${JSON.stringify(file)}`;

/** Takes effect in this thread. The variables are in the environment of children only. */
export function keepChildren(
  env: NodeJS.ProcessEnv,
  variables: Readonly<Record<string, string>>,
): void {
  removePreload(env);
  const added = (options = "") => ({
    ...variables,
    NODE_OPTIONS: `${options} ${preload}`.trimStart(),
  });
  keepStarted(added);
  keepAwaited(added);
  keepThreads();
}

type Added = (nodeOptions?: string) => Readonly<Record<string, string>>;

/** What the process that started this one has added. */
function removePreload(env: NodeJS.ProcessEnv): void {
  const options = env["NODE_OPTIONS"]?.replace(preload, "").trim();
  if (options) env["NODE_OPTIONS"] = options;
  else delete env["NODE_OPTIONS"];
}

/** `spawn`, `exec`, `execFile` and `fork` start a process by this method. */
function keepStarted(added: Added): void {
  const spawn: unknown = Reflect.get(ChildProcess.prototype, "spawn");
  if (typeof spawn !== "function") throw new TypeError("ChildProcess has no method spawn.");
  const keep = function (this: unknown, options: { readonly envPairs?: readonly string[] }) {
    const { envPairs = [] } = options;
    const nodeOptions = envPairs.find((pair) => pair.startsWith("NODE_OPTIONS="));
    const more = Object.entries(added(nodeOptions?.slice("NODE_OPTIONS=".length)));
    const pairs = [
      ...envPairs.filter((pair) => pair !== nodeOptions),
      ...more.map(([name, value]) => `${name}=${value}`),
    ];
    return Reflect.apply(spawn, this, [{ ...options, envPairs: pairs }]);
  };
  Reflect.set(ChildProcess.prototype, "spawn", keep);
}

/** The synchronous ones start it by themselves; of their arguments, options come last. */
function keepAwaited(added: Added): void {
  for (const name of ["spawnSync", "execSync", "execFileSync"] as const) {
    const start = childProcess[name];
    const keep = (...args: unknown[]): unknown => {
      const last = args.at(-1);
      const options = isOptions(last) ? last : {};
      const given = isOptions(options["env"]) ? options["env"] : process.env;
      const nodeOptions = given["NODE_OPTIONS"];
      const env = { ...given, ...added(typeof nodeOptions === "string" ? nodeOptions : "") };
      const others = isOptions(last) ? args.slice(0, -1) : args;
      const known = others.filter((arg) => arg !== undefined && arg !== null);
      return Reflect.apply(start, childProcess, [...known, { ...options, env }]);
    };
    Reflect.set(childProcess, name, keep);
  }
}

/** Threads inherit the options of this process, unless they are started with their own. */
function keepThreads(): void {
  class KeptWorker extends Worker {
    constructor(source: string | URL, { execArgv, ...options }: WorkerOptions = {}) {
      const own = execArgv && { execArgv: [...execArgv, "--require", file] };
      super(source, { ...options, ...own });
    }
  }
  Reflect.set(workerThreads, "Worker", KeptWorker);
}

const isOptions = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
