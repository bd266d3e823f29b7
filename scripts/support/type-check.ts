/** Type-checks the infrastructure, which the SST CLI bundles without a look at its types. */
import { fileURLToPath } from "node:url";
import { runInGroup } from "@secure-lambda/local";
import { CommandError } from "./command.ts";

const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

/** Checks the app in a folder, this one unless told. @throws CommandError with what the compiler says. */
export async function checkStackTypes(signal: AbortSignal, project = "."): Promise<void> {
  const lines: string[] = [];
  const code = await runInGroup({
    command: process.execPath,
    args: [compiler, "-p", "stacks", "--pretty", "false"],
    cwd: project,
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" },
    onLine: (line) => lines.push(line),
    signal,
  });
  if (code !== 0) {
    throw new CommandError(
      `${lines.join("\n")}\n\nThe infrastructure in stacks/ has type errors: see above.`,
    );
  }
}
