/** `npm run bench`: how this app compares with the guide's and with other frameworks, side by side. */
import fs from "node:fs";
import path from "node:path";
import { createTerminal } from "@secure-lambda/local";
import * as z from "zod";
import { judge } from "../bench/report/goals.ts";
import { drawColdStarts } from "../bench/report/plot.ts";
import { printReport } from "../bench/report/print.ts";
import { sections } from "../bench/measure/results.ts";
import { runBench } from "../bench/main.ts";
import { noPositionals, runCommand } from "./support/command.ts";
import { interruptSignal } from "./support/interrupt.ts";

await runCommand({
  usage: `Usage: npm run bench -- [options]

Deploys this app to a local cloud, and measures what is shipped side by side with the guide's
handler and the same service on other frameworks; then the local cloud itself. The first run
installs the peers. Prints tables, writes bench/results/*.json and, unless --quick or --runs is given,
docs/bench.svg.

Options:
  --quick        about a minute, less exact: goals about time are shown, not judged
  --runs N       how often each candidate is started (default: 30, or 5 with --quick)
  --only PARTS   some of ${sections.join(",")}
  --help         show this text

The exit code is 1 when a goal is missed.
`,
  options: {
    quick: { type: "boolean" },
    runs: { type: "string" },
    only: { type: "string" },
  },
  schema: z.object({
    quick: z.boolean().default(false),
    runs: z
      .string()
      .regex(/^[1-9]\d{0,3}$/, "expected a number of runs")
      .transform(Number)
      .optional(),
    only: z
      .string()
      .transform((parts) => parts.split(","))
      .pipe(z.array(z.enum(sections)))
      .default([...sections]),
    positionals: noPositionals,
  }),
  async run({ quick, runs, only }) {
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
    return judgements.every(({ met, counts }) => met || !counts) ? 0 : 1;
  },
});

function write(file: string, content: object): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
