/** `sst deploy` from the command line, beside whatever else must hold. */
import type { LocalCloud } from "../cloud.ts";
import type { Terminal } from "./terminal.ts";

/** Deploys and shows how far it is. @throws SstFailedError with what the CLI printed. */
export async function deploy(
  cloud: LocalCloud,
  stage: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const step = terminal.step(`sst deploy --stage ${stage}`);
  let resources = 0;
  const onLine = (line: string) => {
    if (!/^\|\s+(Created|Updated|Deleted)/.test(line)) return;
    resources += 1;
    step.update(`${resources} resources`);
  };
  try {
    await cloud.deploy({ stage, onLine, signal });
    step.done();
  } catch (error) {
    step.failed();
    throw error;
  }
}

/** Runs two tasks side by side; a failure aborts the other, and is thrown once both have ended. */
export async function together<Result>(
  signal: AbortSignal,
  main: (either: AbortSignal) => Promise<Result>,
  other: (either: AbortSignal) => Promise<void>,
): Promise<Result> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const run = async <T>(task: (either: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await task(either);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  };
  const both = [run(main), run(other)] as const;
  await Promise.allSettled(both);
  either.throwIfAborted();
  return both[0];
}
