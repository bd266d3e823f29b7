/** `npm run remove -- --stage S`: `sst remove` on AWS. */
import { createCommand, parseWith, runCommand } from "@secure-lambda/local/command-line";
import { isMain } from "./support/is-main.ts";
import { parseText } from "./support/parse-text.ts";
import { runSstOnAws, sstEnvironment, sstOptions } from "./support/sst.ts";
import { unprotectedStage } from "./support/stage.ts";

/** The command. */
export const command = createCommand(
  "npm run remove --",
  'Runs "sst remove" on AWS, with your credentials: it deletes the resources of a stage, and asks nothing. Protected stages are refused.',
)
  .usage("--stage <name> [options]")
  .requiredOption("--stage <name>", "the stage to remove", parseWith(unprotectedStage))
  .option("--target <name>", "passed to sst remove: remove only this component", parseText)
  .option("--verbose", "passed to sst remove: more output")
  .option("--print-logs", "passed to sst remove: its log on standard error")
  .action(async ({ stage, ...passed }) => {
    const env = await sstEnvironment(stage);
    const args = ["remove", "--stage", stage, ...sstOptions(passed)];
    process.exitCode = await runSstOnAws(args, env);
  });

if (isMain(import.meta)) await runCommand(command);
