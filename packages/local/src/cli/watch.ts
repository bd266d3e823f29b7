/** Tells of saved source files. */
import { once } from "node:events";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { watch } from "chokidar";

/** Editors write several files, or one in several steps. */
const SETTLE_MS = 60;

const SOURCE = /\.(?:[cm]?[jt]sx?|json)$/;

/** Written by the SST CLI itself at each deployment. */
const GENERATED = "sst-env.d.ts";

/** Whether a file of the app is one that a deployment may be made from. */
export function isSource(file: string): boolean {
  return SOURCE.test(file) && path.basename(file) !== GENERATED;
}

/** The source files of a folder under watch. */
export interface SourceWatch {
  /**
   * The files that were saved since the last call, as paths from the folder; waits for the first.
   * Undefined once the signal is aborted. @throws Error when the system stopped watching.
   */
  saved(signal: AbortSignal): Promise<readonly string[] | undefined>;
  close(): Promise<void>;
}

/**
 * Watches a folder; resolves once no save is missed any more. Packages (`node_modules`), folders
 * whose names begin with a dot and links are left out.
 * @throws Error when the folder cannot be watched.
 */
export async function watchSources(folder: string): Promise<SourceWatch> {
  const files = new Set<string>();
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (file) => isLeftOut(path.relative(folder, file)),
  });
  watcher.on("all", (_event, file) => {
    if (!isSource(file)) return;
    files.add(path.relative(folder, file));
    wake?.();
  });
  await once(watcher, "ready");
  watcher.on("error", (cause) => {
    failure = new Error(`The files of ${folder} are not watched any more.`, { cause });
    wake?.();
  });

  async function nextSave(signal: AbortSignal): Promise<string[] | undefined> {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    signal.addEventListener("abort", wake);
    if (files.size === 0 && failure === undefined && !signal.aborted) await promise;
    signal.removeEventListener("abort", wake);
    if (signal.aborted) return undefined;
    if (failure !== undefined) throw failure;
    await delay(SETTLE_MS);
    const saved = [...files];
    files.clear();
    return saved;
  }

  return {
    saved: nextSave,
    close: () => watcher.close(),
  };
}

function isLeftOut(file: string): boolean {
  const names = file.split(path.sep);
  return names.some((name) => name === "node_modules" || /^\.[^.]/.test(name));
}
