/** `npm run bench`: how this app compares with the guide's and with other frameworks, side by side. */
import fs from "node:fs";
import path from "node:path";
import {
  createCommand,
  createTerminal,
  interruptSignal,
  parseWith,
  runCommand,
} from "@secure-lambda/local/command-line";
import * as z from "zod";
import { runBench } from "../bench/main.ts";
import { sections } from "../bench/measure/results.ts";
import { judge } from "../bench/report/goals.ts";
import { drawColdStarts } from "../bench/report/plot.ts";
import { printReport } from "../bench/report/print.ts";
import { isMain } from "./support/is-main.ts";

const runCount = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, "Expected a number from 1 to 9999.")
  .transform(Number);

const milliseconds = z
  .string()
  .regex(/^\d{1,3}(\.\d+)?$/, "Expected milliseconds below 1000.")
  .transform(Number);

const parts = z
  .string()
  .transform((names) => names.split(","))
  .pipe(z.array(z.enum(sections, `Expected parts of ${sections.join(",")}.`)));

/** The command. */
export const command = createCommand(
  "npm run bench --",
  'Deploys this app to a local cloud and measures its bundle side by side with the handler of the guide, freeCodeCamp\'s "How to Securely Deploy APIs to Amazon Lambda", and the same service on other frameworks; then the local cloud itself and its console, in a Chromium that has to be on the path. The first run installs the peers. Prints tables, writes bench/results/*.json and, without --quick and --runs, docs/bench.svg.',
)
  .option("--quick", "a minute or two, less exact: goals about time are shown, not judged")
  .option(
    "--runs <n>",
    "how often each row is started (default: 20, or 3 with --quick)",
    parseWith(runCount),
  )
  .option(
    "--round-trip <ms>",
    "what a round trip to AWS takes, in the columns that have one (default: 5, as within a Region)",
    parseWith(milliseconds),
  )
  .option("--only <parts>", `some of ${sections.join(",")} (default: all)`, parseWith(parts))
  .addHelpText("after", "\nThe exit code is 1 if a goal is missed.")
  .action(async ({ quick = false, runs, roundTrip: roundTripMs = 5, only = [...sections] }) => {
    const progress = createTerminal(process.stderr);
    const signal = interruptSignal();
    const results = await runBench({ quick, runs, only, roundTripMs, terminal: progress, signal });
    const judgements = judge(results);
    write(`bench/results/${results.startedAt.replaceAll(":", "-")}.json`, {
      ...results,
      goals: judgements,
    });
    if (results.cold !== undefined && !quick && runs === undefined) {
      fs.writeFileSync("docs/bench.svg", drawColdStarts(results.cold, roundTripMs));
    }
    printReport(createTerminal(process.stdout), results, judgements);
    if (!judgements.every(({ met, counts }) => met || !counts)) process.exitCode = 1;
  });

function write(file: string, content: object): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

if (isMain(import.meta)) await runCommand(command);
