/** Runs the app's own SST CLI in this terminal, with the operator's AWS credentials. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { openProject, sstBinary } from "@secure-lambda/local/command-line";
import * as z from "zod";
import { checkCredentials } from "./aws-credentials.ts";
import { awsEnvironment, withEnvFile } from "./aws-environment.ts";

/** Instead of ending this process. */
const wait = () => {};

const exitArguments = z.tuple([z.number().nullable()]).rest(z.unknown());

/**
 * The environment in which `sst` works on a stage on AWS.
 * @throws CommandError for settings that lead elsewhere, and when there are no credentials.
 */
export async function sstEnvironment(stage: string): Promise<NodeJS.ProcessEnv> {
  const env = await awsEnvironment(process.env, ".", stage);
  await checkCredentials(withEnvFile(process.env, "."), ".");
  return env;
}

/**
 * Runs `sst ARGS` in this folder to its end; its exit code, 1 when a signal ended it. Ctrl-C reaches
 * it from the terminal, so that it can finish what it has begun, and does not end this process before.
 */
export async function runSstOnAws(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(sstBinary(openProject(".")), args, { stdio: "inherit", env });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGTERM", forward).on("SIGINT", wait);
  try {
    const [code] = exitArguments.parse(await once(child, "close"));
    return code ?? 1;
  } finally {
    process.off("SIGTERM", forward).off("SIGINT", wait);
  }
}

/** Options as the SST CLI takes them: `{ printLogs: true, target: "Api" }` is `--print-logs --target=Api`. */
export function sstOptions(options: Readonly<Record<string, string | true | undefined>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === undefined) return [];
    return [value === true ? option : `${option}=${value}`];
  });
}
