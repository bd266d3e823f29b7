/** `npm run attack`: every attack on the local cloud, and what became of each. */
import {
  callLoopbackDirectly,
  createCommand,
  createTerminal,
  escapeForTerminal,
  escapeInJson,
  runCommand,
} from "@secure-lambda/local/command-line";
import { rowsOf, runAttacks } from "./attack/report.ts";
import { explain } from "./support/explain.ts";
import { isMain } from "./support/is-main.ts";
import { showing } from "./support/showing.ts";
import { tableColumnsOf, wrapRows } from "./support/table.ts";
import { awsPortOption, findLocalCloud } from "./support/target.ts";

/** The command. */
export const command = createCommand(
  "npm run attack --",
  "Attacks the app in the local cloud that runs in this folder, and says of each attack which layer refused it and why.",
)
  .addOption(awsPortOption)
  .option("--json", "print the report as JSON, with the ids of its requests")
  .addHelpText("after", "\nThe exit code is 1 if an attack got through.")
  .action(async ({ awsPort, json }) => {
    callLoopbackDirectly();
    const { aws } = findLocalCloud({ awsPort });
    const report = process.stderr.isTTY
      ? await showing(createTerminal(process.stderr), "Attacking", (update) =>
          runAttacks(aws.endpoint, update),
        )
      : await runAttacks(aws.endpoint);
    if (report.failed > 0) process.exitCode = 1;
    const terminal = createTerminal(process.stdout);
    if (json) {
      terminal.line(escapeInJson(JSON.stringify(report)));
      return;
    }
    const rows = rowsOf(report).map((row) => row.map(escapeForTerminal));
    for (const line of wrapRows(rows, tableColumnsOf(process.stdout))) terminal.line(line);
  });

if (isMain(import.meta)) await runCommand(command, { explain });
