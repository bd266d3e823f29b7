/** `npm run doctor`: a line for each thing that the app's commands need. */
import {
  createCommand,
  createTerminal,
  defaultPorts,
  findRunningClouds,
  runCommand,
  type Terminal,
} from "@secure-lambda/local/command-line";
import { checkCredentials } from "./support/aws-credentials.ts";
import { withEnvFile } from "./support/aws-environment.ts";
import { isMain } from "./support/is-main.ts";
import { tableColumnsOf, wrapRows } from "./support/table.ts";
import { checkNode, checkPackages, checkPlatform, checkPort, type Check } from "./doctor/checks.ts";
import { checkAwsCli, checkChromium, checkAwsCredentials } from "./doctor/optional-checks.ts";

const folder = ".";

/** The command. */
export const command = createCommand(
  "npm run doctor --",
  "Checks what this app's commands need on this machine, and says how to get what is missing.",
)
  .addHelpText(
    "after",
    "\nThe exit code is 1 if something is missing that npm start and npm test need.",
  )
  .action(async () => {
    const { env } = process;
    const checks: readonly Check[] = [
      checkNode(process.versions.node, folder),
      checkPackages(folder),
      checkPlatform(folder),
      ...(await Promise.all(
        Object.values(defaultPorts).map((port) => checkPort(port, findRunningClouds(folder))),
      )),
      await checkAwsCredentials(() => checkCredentials(withEnvFile(env, folder), folder)),
      checkChromium(env),
      await checkAwsCli(env),
    ];
    const terminal = createTerminal(process.stdout);
    const rows = checks.map(({ ok, name, detail, mend, onlyFor }) => [
      markOf(terminal, ok, onlyFor),
      name,
      ok ? detail : `${detail}. ${onlyFor === undefined ? "" : `Only for ${onlyFor}. `}${mend}`,
    ]);
    for (const line of wrapRows(rows, tableColumnsOf(process.stdout))) terminal.line(line);
    if (checks.some(({ ok, onlyFor }) => !ok && onlyFor === undefined)) process.exitCode = 1;
  });

/** What only some commands need is no failure. */
function markOf(terminal: Terminal, ok: boolean, onlyFor: string | undefined): string {
  if (ok) return terminal.style("green", "✓");
  return onlyFor === undefined ? terminal.style("red", "✗") : terminal.style("yellow", "–");
}

if (isMain(import.meta)) await runCommand(command);
