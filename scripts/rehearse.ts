/** `npm run rehearse -- --stage S`: what `sst deploy --stage S` would create, without AWS. */
import {
  createCommand,
  createTerminal,
  interruptSignal,
  runCommand,
} from "@secure-lambda/local/command-line";
import { Option } from "@commander-js/extra-typings";
import { checkGraph } from "../stacks/policy/index.ts";
import { controlsAsJson, showControls } from "./rehearsal/controls/show.ts";
import { sarifLog } from "./rehearsal/controls/sarif.ts";
import { statusesOf } from "./rehearsal/controls/status.ts";
import { gapsOf, refuseGaps, showGaps, strictOption } from "./rehearsal/gaps.ts";
import { planOf } from "./rehearsal/plan.ts";
import { showSummary, summarize } from "./rehearsal/summary/index.ts";
import { showViolations } from "./rehearsal/violations.ts";
import { isMain } from "./support/is-main.ts";
import { showNext } from "./support/next.ts";
import { parseOutputFile, writeOutput } from "./support/output-file.ts";
import { parseStage } from "./support/stage.ts";
import { tableColumnsOf } from "./support/table.ts";
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
  .option(
    "--plan <file>",
    "write the resources and their inputs as lines that diff compares with those of another rehearsal",
    parseOutputFile,
  )
  .option("--controls", "show the controls of the security baseline instead, see docs/controls.md")
  .addOption(
    new Option("--json", "the controls as JSON").implies({ controls: true }).conflicts("sarif"),
  )
  .addOption(
    new Option("--sarif", "the broken rules as SARIF 2.1.0, for code scanning").implies({
      controls: true,
    }),
  )
  .addOption(strictOption)
  .addHelpText(
    "after",
    "\nThe exit code is 1 if a rule is broken. What the local cloud does not support is kept inert: recorded, with outputs that others can refer to, and not applied.",
  )
  .action(async ({ stage, graph: file, plan, strict = false, controls, json, sarif }) => {
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
    if (plan !== undefined) writeOutput(plan, planOf(graph));
    const violations = checkGraph(graph, settings);
    const isForMachines = json === true || sarif === true;
    const terminal = isForMachines ? progress : createTerminal(process.stdout);
    if (json === true) console.log(controlsAsJson(stage, statusesOf(graph, settings)));
    else if (sarif === true) console.log(JSON.stringify(sarifLog(stage, violations), null, 2));
    else if (controls === true) {
      const columns = tableColumnsOf(process.stdout);
      showControls(terminal, { stage, found: statusesOf(graph, settings), columns });
    } else showSummary(terminal, summarize(stage, graph));
    const gaps = gapsOf(rehearsed, settings);
    showGaps(terminal, gaps);
    showViolations(terminal, violations);
    const isRefused = strict && refuseGaps(terminal, gaps);
    if (violations.length > 0 || isRefused) process.exitCode = 1;
    else if (stage === "local") showNext(terminal, "npm start", []);
    else showNext(terminal, "npm run deploy", [`--stage ${stage}`]);
  });

if (isMain(import.meta)) await runCommand(command);
