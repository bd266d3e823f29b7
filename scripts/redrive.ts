/** `npm run redrive`: shows the dead letters of a stage and has them tried again. */
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createTerminal } from "@secure-lambda/local";
import * as z from "zod";
import { findQueue } from "./dead-letters/queue.ts";
import { redrive, type InvokeFunction } from "./dead-letters/redrive.ts";
import { showMessages } from "./dead-letters/show.ts";
import { noPositionals, runCommand } from "./support/command.ts";
import { interruptSignal } from "./support/interrupt.ts";
import { findPlace, targetOptions, targetSchema, targetUsage } from "./support/target.ts";
import { namesOf } from "../stacks/settings/names.ts";

const limit = 1_000;

await runCommand({
  usage: `Usage: npm run redrive -- [options]

Shows what is in the stage's dead-letter queue and gives each message to the function that it was
for, to be tried as before. A message that is not understood stays.

Options:
${targetUsage}  --dry-run      show only, move nothing
  --help         show this text

The exit code is 1 when a message was not moved.
`,
  options: { ...targetOptions, "dry-run": { type: "boolean" } },
  schema: targetSchema.extend({
    "dry-run": z.boolean().default(false),
    positionals: noPositionals,
  }),
  async run({ "dry-run": dryRun, ...options }) {
    const { stage, aws } = findPlace(options);
    const terminal = createTerminal(process.stdout);
    const sqs = new SQSClient({ ...aws });
    const { moved, left } = await redrive({
      stage,
      queue: await findQueue(sqs, namesOf(stage).resource("DeadLetters")),
      invoke: dryRun ? undefined : invokeWith(new LambdaClient({ ...aws })),
      onRead: (messages) => showMessages(terminal, messages),
      signal: interruptSignal(),
      limit,
    });
    for (const { id, reason } of left) terminal.line(`${id} stays: ${reason}.`);
    if (dryRun) terminal.line("Nothing was moved: this was a dry run.");
    else terminal.line(`Moved ${moved}, left ${left.length}.`);
    if (moved === limit) terminal.line("There may be more: run the command again.");
    return left.length === 0 ? 0 : 1;
  },
});

/** Lambda retries an event as it did the first time, and returns it to the queue if it fails again. */
function invokeWith(lambda: LambdaClient): InvokeFunction {
  return async (functionArn, payload) => {
    await lambda.send(
      new InvokeCommand({ FunctionName: functionArn, InvocationType: "Event", Payload: payload }),
    );
  };
}
