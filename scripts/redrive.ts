/** `npm run redrive`: shows the dead letters of a stage and has them tried again. */
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import {
  createCommand,
  createTerminal,
  interruptSignal,
  runCommand,
} from "@secure-lambda/local/command-line";
import { findQueue } from "./dead-letters/queue.ts";
import { redrive, type InvokeFunction } from "./dead-letters/redrive.ts";
import { showMessages } from "./dead-letters/show.ts";
import { namesOf } from "../stacks/settings/names.ts";
import { explain } from "./support/explain.ts";
import { awsPortOption, findStage, stageOption } from "./support/target.ts";

const limit = 1_000;

/** The command. */
export const command = createCommand(
  "npm run redrive --",
  "Lists the messages in a stage's dead-letter queue and invokes the target function of each again, asynchronously. Messages that cannot be read as dead letters of the stage stay in the queue.",
)
  .addOption(stageOption)
  .addOption(awsPortOption)
  .option("--dry-run", "list only; nothing is moved")
  .addHelpText("after", "\nThe exit code is 1 if a message was not moved.")
  .action(async ({ dryRun = false, ...options }) => {
    const { stage, aws } = findStage(options);
    const terminal = createTerminal(process.stdout);
    const sqs = new SQSClient({ ...aws });
    const { found, moved, left } = await redrive({
      stage,
      queue: await findQueue(sqs, namesOf(stage).resource("DeadLetters")),
      invoke: dryRun ? undefined : invokeWith(new LambdaClient({ ...aws })),
      onRead: (messages) => showMessages(terminal, messages),
      signal: interruptSignal(),
      limit,
    });
    if (found === 0) return;
    for (const { id, reason } of left) terminal.line(`${id} was not moved: ${reason}.`);
    if (dryRun) terminal.line("Nothing was moved: this was a dry run.");
    else terminal.line(`Moved ${moved}, left ${left.length}.`);
    if (moved === limit) terminal.line("There may be more. Run the command again.");
    if (left.length > 0) process.exitCode = 1;
  });

/** Lambda retries an event as it did the first time, and returns it to the queue if it fails again. */
function invokeWith(lambda: LambdaClient): InvokeFunction {
  return async (functionArn, payload) => {
    await lambda.send(
      new InvokeCommand({ FunctionName: functionArn, InvocationType: "Event", Payload: payload }),
    );
  };
}

if (import.meta.main) await runCommand(command, { explain });
