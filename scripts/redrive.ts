/** `npm run redrive`: shows the dead letters of a stage, and has them tried again or discards them. */
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import {
  columnsOf,
  createCommand,
  createTerminal,
  interruptSignal,
  runCommand,
  UsageError,
  wrapLines,
} from "@secure-lambda/local/command-line";
import { findQueue } from "./dead-letters/queue.ts";
import { redrive, type Redrive } from "./dead-letters/redrive.ts";
import { describeMore, describeNone, showMessages } from "./dead-letters/show.ts";
import { confirm } from "./support/confirm.ts";
import { explain } from "./support/explain.ts";
import { isMain } from "./support/is-main.ts";
import { showNext, targetArgs } from "./support/next.ts";
import { requireTerminal } from "./support/prompt.ts";
import { tableColumnsOf } from "./support/table.ts";
import { awsPortOption, findStage, stageOption } from "./support/target.ts";

const limit = 1_000;

/** The command. */
export const command = createCommand(
  "npm run redrive --",
  "Lists the messages in a stage's dead-letter queue and invokes the target function of each again, asynchronously. Messages that cannot be read as dead letters of the stage stay in the queue.",
)
  .addOption(stageOption)
  .addOption(awsPortOption)
  .option("--dry-run", "list only; nothing is moved or discarded")
  .option("--drop", "discard the dead letters, after asking, and invoke nothing")
  .option("--yes", "with --drop: discard without asking")
  .addHelpText("after", "\nThe exit code is 1 if a message was not moved or discarded.")
  .action(async ({ dryRun = false, drop = false, yes = false, ...options }) => {
    if (yes && !drop) throw new UsageError("option '--yes' needs '--drop': nothing else asks.");
    const asks = drop && !yes && !dryRun;
    if (asks) requireTerminal("--yes");
    const deployed = await findStage(options);
    const { stage, aws } = deployed;
    const terminal = createTerminal(process.stdout);
    const columns = columnsOf(process.stdout);
    const signal = interruptSignal();
    const queue = await findQueue(new SQSClient({ ...aws }), deployed);
    // Before any is received: SQS may count for a minute what this command has held.
    const { held: heldByOthers } = await queue.count();
    let letters = 0;
    const { found, approved, done, left } = await redrive({
      stage,
      queue,
      process: drop ? async () => {} : invokeWith(new LambdaClient({ ...aws })),
      async approve(messages) {
        showMessages(terminal, messages, tableColumnsOf(process.stdout));
        letters = messages.filter((message) => message.found !== undefined).length;
        if (messages.length === 0 || dryRun) return false;
        return !asks || letters === 0 || confirm(discardQuestion(letters, stage), signal);
      },
      signal,
      limit,
    });
    if (found === 0) {
      const { held } = await queue.count();
      terminal.line(wrapLines(describeNone(held), columns));
      if (held > 0 && !dryRun) process.exitCode = 1;
      return;
    }
    const past = drop ? "discarded" : "moved";
    for (const { id, reason } of left) {
      terminal.line(wrapLines(`${id} was not ${past}: ${reason}.`, columns));
    }
    if (approved) terminal.line(`${drop ? "Discarded" : "Moved"} ${done}, left ${left.length}.`);
    else terminal.line(`Nothing was ${past}${dryRun ? ": this was a dry run" : ""}.`);
    if (heldByOthers > 0) terminal.line(wrapLines(describeMore(heldByOthers), columns));
    if (dryRun && letters > 0) {
      showNext(terminal, "npm run redrive", [...(drop ? ["--drop"] : []), ...targetArgs(options)]);
    }
    if (done > 0 && !drop) {
      terminal.line("What fails again is back in the queue after its retries.");
      showNext(terminal, "npm run redrive", [...targetArgs(options), "--dry-run"]);
    }
    if (found === limit) terminal.line("There may be more. Run the command again.");
    if (left.length > 0 || !(approved || dryRun)) process.exitCode = 1;
    if (heldByOthers > 0 && !dryRun) process.exitCode = 1;
  });

const discardQuestion = (letters: number, stage: string) =>
  `Discard ${letters} dead ${letters === 1 ? "letter" : "letters"} of stage "${stage}" for good?`;

/** Lambda retries an event as it did the first time, and returns it to the queue if it fails again. */
function invokeWith(lambda: LambdaClient): Redrive["process"] {
  return async ({ functionArn, deadLetter: { payload } }) => {
    await lambda.send(
      new InvokeCommand({ FunctionName: functionArn, InvocationType: "Event", Payload: payload }),
    );
  };
}

if (isMain(import.meta)) await runCommand(command, { explain });
