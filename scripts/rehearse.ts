/** `npm run rehearse -- --stage S`: what `sst deploy --stage S` would create, without AWS. */
import {
  createCommand,
  createTerminal,
  interruptSignal,
  runCommand,
} from "@secure-lambda/local/command-line";
import { checkGraph } from "../stacks/policy/index.ts";
import { gapsOf, refuseGaps, showGaps, strictOption } from "./rehearsal/gaps.ts";
import { showSummary, summarize } from "./rehearsal/summary/index.ts";
import { showViolations } from "./rehearsal/violations.ts";
import { showNext } from "./support/next.ts";
import { parseOutputFile, writeOutput } from "./support/output-file.ts";
import { parseStage } from "./support/stage.ts";
import { showNoteOnUnnamed } from "./support/unnamed-stage.ts";
import { settingsFor } from "../stacks/settings/settings.ts";

/** The command. */
export const command = createCommand(
  "npm run rehearse --",
  "A dry run of sst deploy, like terraform plan: deploys offline, to a local cloud of its own, and shows what a first deployment creates: settings, resources, routes, grants, firewall, encryption, dead letters, what it costs, what the account must give, and which rules of stacks/policy it breaks.",
)
  .usage("--stage <name> [options]")
  .requiredOption("--stage <name>", "the stage whose settings to deploy", parseStage)
  .option(
    "--graph <file>",
    "write the resources as JSON: an array of { type, name, parent, inputs }",
    parseOutputFile,
  )
  .addOption(strictOption)
  .addHelpText(
    "after",
    "\nThe exit code is 1 if a rule is broken. What the local cloud does not support is\nkept inert: recorded, with outputs that others can refer to, and not applied.",
  )
  .action(async ({ stage, graph: file, strict = false }) => {
    const progress = createTerminal(process.stderr);
    showNoteOnUnnamed(progress, stage);
    const signal = interruptSignal();
    const { rehearse } = await import("./rehearsal/rehearse.ts");
    const settings = settingsFor(stage);
    const { region } = settings;
    const rehearsal = { project: ".", stage, region, terminal: progress, signal };
    const rehearsed = await rehearse(rehearsal);
    const { graph } = rehearsed;
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
    showSummary(terminal, summarize(stage, graph));
    const gaps = gapsOf(rehearsed, settings);
    showGaps(terminal, gaps);
    const violations = checkGraph(graph, settings);
    showViolations(terminal, violations);
    const isRefused = strict && refuseGaps(terminal, gaps);
    if (violations.length > 0 || isRefused) process.exitCode = 1;
    else if (stage === "local") showNext(terminal, "npm start", []);
    else showNext(terminal, "npm run deploy", [`--stage ${stage}`]);
  });

if (import.meta.main) await runCommand(command);
