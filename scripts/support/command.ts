/** What every operator command has in common: options, usage text, errors that say what to do. */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { messageOf } from "@secure-lambda/local";
import * as z from "zod";
import { InterruptedError } from "./interrupt.ts";

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
  /** A number is the exit code; 0 unless told. */
  readonly run: (options: z.output<Schema>) => Promise<number | void>;
}

/** The shell's exit code for a command that Ctrl-C ended. */
const interruptedCode = 130;

/** Positionals of a command that takes options alone. */
export const noPositionals = z.tuple([], "expected options alone");

/** Runs a command on the process's arguments and sets its exit code: 1 for a failure, 130 when interrupted. */
export async function runCommand<Schema extends z.ZodType>(
  command: Command<Schema>,
): Promise<void> {
  // A reader that has gone, as in `… | head`, does not cut off what the command does.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    const { help, ...given } = parseArguments(command);
    if (help === true) {
      process.stdout.write(command.usage);
      return;
    }
    const parsed = command.schema.safeParse(given);
    if (!parsed.success) {
      throw new CommandError(`${problemsOf(parsed.error)}\n\n${command.usage}`);
    }
    process.exitCode = (await command.run(parsed.data)) ?? 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = error instanceof InterruptedError ? interruptedCode : 1;
  }
}

/** One line for each option that is wrong. */
function problemsOf({ issues }: z.ZodError): string {
  return issues
    .map(({ path: [option], message }) =>
      option === undefined || option === "positionals"
        ? `✖ ${message}`
        : `✖ --${String(option)}: ${message}`,
    )
    .join("\n");
}

/** What a command says of the error that ended it. */
export function explain(error: unknown): string {
  const message = messageOf(error);
  if (error instanceof Error && error.name === "CredentialsProviderError") {
    return `${message.replace(/\.?$/, ".")} --stage works on AWS, with your credentials: sign in as for the AWS CLI, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  }
  const [, address] = /^connect ECONNREFUSED (\S+)$/.exec(message) ?? [];
  return address === undefined ? message : `Nothing answers at ${address}. Is it running?`;
}

/** @throws CommandError for an option that the command does not have. */
function parseArguments({ options, usage }: Pick<Command<z.ZodType>, "options" | "usage">) {
  try {
    const { values, positionals } = parseArgs({
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    return { ...values, positionals };
  } catch (cause) {
    throw new CommandError(`${messageOf(cause)}\n\n${usage}`, { cause });
  }
}
