/** `npm run status`: what runs of a stage, and what an operator should look at. */
import {
  callLoopbackDirectly,
  createCommand,
  createTerminal,
  escapeForTerminal,
  messageOf,
  runCommand,
} from "@secure-lambda/local/command-line";
import { readStatus, type StatusRow } from "./status/read.ts";
import { explain } from "./support/explain.ts";
import { isMain } from "./support/is-main.ts";
import { tableColumnsOf, wrapRows } from "./support/table.ts";
import { awsPortOption, type DeployedStage, findStage, stageOption } from "./support/target.ts";

/** The command. */
export const command = createCommand(
  "npm run status --",
  "Says of a stage where its API is, what its routes are, how many users it has, which alarms are raised and how many dead letters there are.",
)
  .addOption(stageOption)
  .addOption(awsPortOption)
  .addHelpText("after", "\nThe exit code is 1 if something could not be read.")
  .action(async (options) => {
    callLoopbackDirectly();
    const deployed = await findStage(options);
    const status = await readStatus(deployed);
    if (status.some((row) => hasFailed(row, deployed))) process.exitCode = 1;
    const rows = status.map(({ name, result }) => [
      name,
      result.status === "fulfilled" ? result.value : `not read: ${messageOf(result.reason)}`,
    ]);
    const terminal = createTerminal(process.stdout);
    const shown = rows.map((row) => row.map(escapeForTerminal));
    for (const line of wrapRows(shown, tableColumnsOf(process.stdout))) terminal.line(line);
  });

/** What a local cloud does not support is said, and is no failure. */
const hasFailed = ({ result }: StatusRow, { local }: DeployedStage) =>
  result.status === "rejected" &&
  !(local && messageOf(result.reason).startsWith("The local cloud does not support "));

if (isMain(import.meta)) await runCommand(command, { explain });
