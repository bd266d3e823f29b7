/** `npm run dev`: `sst dev` on AWS. */
import {
  createCommand,
  parseWith,
  runCommand,
  UsageError,
} from "@secure-lambda/local/command-line";
import { withEnvFile } from "./support/aws-environment.ts";
import { isMain } from "./support/is-main.ts";
import { parseText } from "./support/parse-text.ts";
import { personalStage } from "./support/personal-stage.ts";
import { runSstOnAws, sstEnvironment, sstOptions } from "./support/sst.ts";
import { unprotectedStage } from "./support/stage.ts";

/** The command. */
export const command = createCommand(
  "npm run dev --",
  'Runs "sst dev" on AWS, with your credentials: it deploys your own stage, whose functions then run on this machine, from their sources. Protected stages are refused. Without an account: npm run dev:local.',
)
  .option(
    "--stage <name>",
    "your stage (default: that of SST_STAGE or of .sst/stage, else your user name)",
    parseWith(unprotectedStage),
  )
  .option("--mode <name>", "passed to sst dev: multi (panes, the default), mono, basic", parseText)
  .option("--verbose", "passed to sst dev: more output")
  .option("--print-logs", "passed to sst dev: its log on standard error");

command.action(async ({ stage = ownStage(), ...passed }) => {
  const env = await sstEnvironment(stage);
  const args = ["dev", "--stage", stage, ...sstOptions(passed)];
  process.exitCode = await runSstOnAws(args, env);
});

function ownStage(): string {
  const chosen = personalStage(withEnvFile(process.env, "."), ".");
  if (chosen === undefined) {
    throw new UsageError(
      "required option '--stage <name>' not specified. Neither SST_STAGE nor .sst/stage names your stage, and your user name does not either.",
    );
  }
  const { data, error } = unprotectedStage.safeParse(chosen);
  if (data !== undefined) return data;
  const reasons = error?.issues.map(({ message }) => message).join(" ");
  throw new UsageError(
    `required option '--stage <name>' not specified, and '${chosen}', your stage by SST_STAGE, .sst/stage or your user name, is invalid. ${reasons}`,
  );
}

if (isMain(import.meta)) await runCommand(command);
