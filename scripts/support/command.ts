/** What every operator command has in common: options, usage text, errors that say what to do. */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import * as z from "zod";

/** The command was called wrongly, or something it needs is missing; the message says what to do. */
export class CommandError extends Error {
  override name = "CommandError";
}

interface Command<Schema extends z.ZodType> {
  /** Shown for `--help`, and named when an option is wrong. */
  readonly usage: string;
  readonly options: ParseArgsOptionsConfig;
  /** Parses `{ ...options, positionals }`. */
  readonly schema: Schema;
  readonly run: (options: z.output<Schema>) => Promise<void>;
}

/** Runs a command on the process's arguments and sets its exit code. */
export async function runCommand<Schema extends z.ZodType>(
  command: Command<Schema>,
): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      options: { ...command.options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    if (values["help"] === true) {
      process.stdout.write(command.usage);
      return;
    }
    const parsed = command.schema.safeParse({ ...values, positionals });
    if (!parsed.success)
      throw new CommandError(`${z.prettifyError(parsed.error)}\n\n${command.usage}`);
    await command.run(parsed.data);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
