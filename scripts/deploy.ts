/** `npm run deploy -- --stage S`: `sst deploy` on AWS, if a rehearsal broke no rule. */
import fs from "node:fs";
import { Option } from "@commander-js/extra-typings";
import {
  createCommand,
  createTerminal,
  interruptSignal,
  parseWith,
  runCommand,
  UsageError,
} from "@secure-lambda/local/command-line";
import { checkGraph } from "../stacks/policy/index.ts";
import { settingsFor } from "../stacks/settings/settings.ts";
import { takeCredentialsAsSst } from "./support/aws-environment.ts";
import { confirm } from "./support/confirm.ts";
import { deployStage } from "./rehearsal/deploy.ts";
import { strictOption } from "./rehearsal/gaps.ts";
import { isMain } from "./support/is-main.ts";
import { parseText } from "./support/parse-text.ts";
import { requireTerminal } from "./support/prompt.ts";
import { runSstOnAws, sstEnvironment, sstOptions } from "./support/sst.ts";
import { stageOnAws } from "./support/stage.ts";
import { confirmUnnamed, showNoteOnUnnamed } from "./support/unnamed-stage.ts";

/** Milliseconds in which AWS answers, if it can be reached from here. */
const CONNECTION_TIMEOUT = 5_000;

/** What would make the deployment differ from the rehearsed one. */
const notRehearsed = ["target", "exclude", "config", "dev"] as const;

/** The command. */
export const command = createCommand(
  "npm run deploy --",
  'Rehearses the deployment offline, checks it against the rules of stacks/policy, asks the account whether it has room, and runs "sst deploy" on AWS, with your credentials, if neither refuses; a second time if API Gateway still serves what was removed. The rules cannot be skipped.',
)
  .usage("--stage <name> [options]")
  .requiredOption("--stage <name>", "the stage to deploy", parseWith(stageOnAws))
  .addOption(strictOption)
  .option("--yes", "deploy a stage that stacks/settings does not name, without a question")
  .option("--continue", "passed to sst deploy: go on after an error with what can be deployed")
  .option("--policy <pack>", "passed to sst deploy: a policy pack to run as well", parseText)
  .option("--verbose", "passed to sst deploy: more output")
  .option("--print-logs", "passed to sst deploy: its log on standard error")
  .addOption(new Option("--target <name>").hideHelp())
  .addOption(new Option("--exclude <name>").hideHelp())
  .addOption(new Option("--config <file>").hideHelp())
  .addOption(new Option("--dev").hideHelp());

command.action(async (options) => {
  const refused = notRehearsed.find((name) => options[name] !== undefined);
  if (refused !== undefined) {
    throw new UsageError(
      `option '--${refused}' is not accepted: what it deploys would not be what was rehearsed and checked.`,
    );
  }
  const { stage, yes = false, continue: goOn, policy, verbose, printLogs } = options;
  const { region } = settingsFor(stage);
  const terminal = createTerminal(process.stdout);
  showNoteOnUnnamed(terminal, stage);
  const signal = interruptSignal();
  if (!yes) {
    await confirmUnnamed(stage, (question) => {
      requireTerminal("--yes");
      return confirm(question, signal);
    });
  }
  const env = await sstEnvironment(stage);
  const further = sstOptions({ continue: goOn, policy, verbose, printLogs });
  const { rehearse } = await import("./rehearsal/rehearse.ts");
  process.exitCode = await deployStage(stage, further, {
    strict: options.strict === true,
    rehearse: () => rehearse({ project: ".", stage, region, terminal, signal }),
    async askAccount(graph) {
      takeCredentialsAsSst(process.env, ".");
      const { askAccount } = await import("./account/ask-account.ts");
      const aws = { region, requestHandler: { connectionTimeout: CONNECTION_TIMEOUT } };
      return askAccount({ stage, graph, aws });
    },
    checkGraph,
    runSst: (args) => runSstOnAws(args, env),
    readOutputs: () => JSON.parse(fs.readFileSync(".sst/outputs.json", "utf8")),
    terminal,
  });
});

if (isMain(import.meta)) await runCommand(command);
