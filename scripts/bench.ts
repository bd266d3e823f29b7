/** `npm run bench`: how this app compares with the guide's and with other frameworks, side by side. */
import fs from "node:fs";
import path from "node:path";
import {
  createCommand,
  createTerminal,
  interruptSignal,
  parseWith,
  runCommand,
} from "@secure-lambda/local";
import * as z from "zod";
import { runBench } from "../bench/main.ts";
import { sections } from "../bench/measure/results.ts";
import { judge } from "../bench/report/goals.ts";
import { drawColdStarts } from "../bench/report/plot.ts";
import { printReport } from "../bench/report/print.ts";

const runCount = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, "Expected a number from 1 to 9999.")
  .transform(Number);

const parts = z
  .string()
  .transform((names) => names.split(","))
  .pipe(z.array(z.enum(sections, `Expected parts of ${sections.join(",")}.`)));

/** The command. */
export const command = createCommand(
  "npm run bench --",
  "Deploys this app to a local cloud and measures its bundle side by side with the guide's handler and the same service on other frameworks; then the local cloud itself. The first run installs the peers. Prints tables, writes bench/results/*.json and, without --quick and --runs, docs/bench.svg.",
)
  .option("--quick", "about a minute, less exact: goals about time are shown, not judged")
  .option(
    "--runs <n>",
    "how often each candidate is started (default: 30, or 5 with --quick)",
    parseWith(runCount),
  )
  .option("--only <parts>", `some of ${sections.join(",")} (default: all)`, parseWith(parts))
  .addHelpText("after", "\nThe exit code is 1 if a goal is missed.")
  .action(async ({ quick = false, runs, only = [...sections] }) => {
    const progress = createTerminal(process.stderr);
    const signal = interruptSignal();
    const results = await runBench({ quick, runs, only, terminal: progress, signal });
    const judgements = judge(results);
    write(`bench/results/${results.startedAt.replaceAll(":", "-")}.json`, {
      ...results,
      goals: judgements,
    });
    if (results.cold !== undefined && !quick && runs === undefined) {
      fs.writeFileSync("docs/bench.svg", drawColdStarts(results.cold));
    }
    printReport(createTerminal(process.stdout), results, judgements);
    if (!judgements.every(({ met, counts }) => met || !counts)) process.exitCode = 1;
  });

function write(file: string, content: object): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

if (import.meta.main) await runCommand(command);
