/** `npm run rehearse -- --stage S`: what `sst deploy --stage S` would create, without AWS. */
import { createTerminal } from "@secure-lambda/local";
import * as z from "zod";
import { checkGraph } from "../stacks/policy/index.ts";
import { rehearse } from "./rehearsal/rehearse.ts";
import { showSummary, summarize } from "./rehearsal/summary/index.ts";
import { showViolations } from "./rehearsal/violations.ts";
import { noPositionals, runCommand } from "./support/command.ts";
import { interruptSignal } from "./support/interrupt.ts";
import { outputFile, writeOutput } from "./support/output-file.ts";
import { stageSchema } from "./support/stage.ts";

await runCommand({
  usage: `Usage: npm run rehearse -- --stage NAME [options]

Runs the real "sst deploy" offline, on a local cloud of its own, and shows what it creates:
resources, routes, grants, firewall, encryption, dead letters, and the rules that are broken.

Options:
  --stage NAME   the stage whose settings to deploy
  --graph FILE   write the resources as JSON: an array of { type, name, parent, inputs }
  --help         show this text

The exit code is 1 when a rule is broken.
`,
  options: { stage: { type: "string" }, graph: { type: "string" } },
  schema: z.object({
    stage: stageSchema,
    graph: outputFile.optional(),
    positionals: noPositionals,
  }),
  async run({ stage, graph: file }) {
    const progress = createTerminal(process.stderr);
    const signal = interruptSignal();
    const graph = await rehearse({ project: ".", stage, terminal: progress, signal });
    if (file !== undefined) {
      const listed = graph.map(({ type, name, parent, inputs }) => ({
        type,
        name,
        parent,
        inputs,
      }));
      writeOutput(file, `${JSON.stringify(listed, null, 2)}\n`);
    }
    const terminal = createTerminal(process.stdout);
    showSummary(terminal, summarize(graph));
    const violations = checkGraph(graph);
    showViolations(terminal, violations);
    return violations.length === 0 ? 0 : 1;
  },
});
