/** Runs the app's own SST CLI in this terminal, with the operator's AWS credentials. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import * as z from "zod";

const sst = fileURLToPath(new URL("../../node_modules/sst/bin/sst.mjs", import.meta.url));

const exitArguments = z.tuple([z.number().nullable()]).rest(z.unknown());

/**
 * Runs `sst ARGS` to its end; its exit code, 1 when a signal ended it. Ctrl-C reaches it from the
 * terminal, so that it can finish what it has begun; the caller must not end before it.
 */
export async function runSstOnAws(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [sst, ...args], { stdio: "inherit" });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGTERM", forward);
  try {
    const [code] = exitArguments.parse(await once(child, "close"));
    return code ?? 1;
  } finally {
    process.off("SIGTERM", forward);
  }
}
