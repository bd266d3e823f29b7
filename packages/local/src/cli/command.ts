/** What every command has in common: `--help`, errors that name the option, exit codes. */
import {
  Command,
  CommanderError,
  InvalidArgumentError,
  type Option,
  type CommandUnknownOpts,
} from "@commander-js/extra-typings";
import type * as z from "zod";
import { messageOf } from "../errors/error-message.ts";
import { escapeLines } from "../text/escape.ts";
import { columnsOf, wrapLines } from "../text/wrap.ts";
import { InterruptedError } from "./interrupt.ts";
import { findTakenByNpm } from "./npm-options.ts";
import { choicesOf, showUsageError, UsageError } from "./usage-error.ts";

/** Exit codes: a wrong call, as in the shell's own commands, and a command that Ctrl-C ended. */
const wrongCallCode = 2;
const interruptedCode = 130;

/** A command; `name` is how it is called, such as `npm run -s token --`. */
export function createCommand(name: string, description: string) {
  const command = new Command(name)
    .description(description)
    .helpOption("-h, --help", "show this text")
    .helpCommand(false)
    .showHelpAfterError(`See ${name} --help.`)
    .exitOverride(({ exitCode, code, message }) => {
      throw new CommanderError(exitCode === 0 ? 0 : wrongCallCode, code, message);
    });
  // commander wraps what it knows of, not the paragraph that closes a help text.
  command.configureOutput({
    writeOut: (text) => process.stdout.write(wrapLines(text, columnsOf(process.stdout))),
  });
  showUsageError(command);
  const parseOptions = command.parseOptions.bind(command);
  const mandatory = new Set<Option>();
  command.parseOptions = (args) => {
    requireCommand(command, args);
    requireValues(command, args);
    const called = command.commands.find((each) => each.name() === args[0]) ?? command;
    for (const option of called.options) if (option.mandatory) mandatory.add(option);
    // commander reports a missing option first, which may be the unknown one, misspelt.
    const isKnown = !hasUnknownOption(called, args);
    for (const option of mandatory) option.makeOptionMandatory(isKnown);
    return parseOptions(args);
  };
  return command;
}

/** commander would show the whole help as an error. */
function requireCommand(command: CommandUnknownOpts, args: readonly string[]): void {
  if (command.commands.length === 0 || args.length > 0) return;
  command.error(`error: required command not specified. Expected ${choicesOf(command)}.`);
}

/** commander takes what follows an option as its value, even another option: `--out --help`. */
function requireValues(command: CommandUnknownOpts, args: readonly string[]): void {
  const options = [command, ...command.commands].flatMap((each) => each.options);
  const end = args.indexOf("--");
  for (const [index, arg] of args.slice(0, end === -1 ? args.length : end).entries()) {
    const option = options.find((each) => each.required && [each.short, each.long].includes(arg));
    if (option === undefined || !/^-./.test(args[index + 1] ?? "")) continue;
    command.error(
      `error: option '${option.flags}' argument missing (write ${arg}=VALUE for a value that starts with a hyphen)`,
      { code: "commander.optionMissingArgument" },
    );
  }
}

function hasUnknownOption({ options }: CommandUnknownOpts, args: readonly string[]): boolean {
  const known = new Set(["-h", "--help", ...options.flatMap(({ short, long }) => [short, long])]);
  return args.some((arg) => /^-./.test(arg) && !known.has(arg.replace(/=.*/s, "")));
}

/**
 * Parses the value of an option or argument by a schema, whose messages are whole sentences: the
 * error names the option and its value before them.
 */
export function parseWith<Output>(schema: z.ZodType<Output, string>): (value: string) => Output {
  return (value) => {
    const { data, error, success } = schema.safeParse(value);
    if (success) return data;
    throw new InvalidArgumentError(error.issues.map(({ message }) => message).join(" "));
  };
}

/** How a command is run. */
export interface CommandRun {
  /** The arguments; the process's own by default. */
  readonly args?: readonly string[];
  /** The text that is shown for an error; its message by default. */
  readonly explain?: (error: unknown) => string;
}

/**
 * Runs a command. An error is shown on standard error and sets the exit code of the process: 1 for
 * a failure, 2 for a wrong call, 130 for an interruption. An action that fails without an error sets
 * it by itself.
 */
export async function runCommand(
  command: CommandUnknownOpts,
  { args = process.argv.slice(2), explain = messageOf }: CommandRun = {},
): Promise<void> {
  // A reader that has gone, as in `… | head`, does not cut off what the command does.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    await parse(command, args);
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has shown its message, or the help that was asked for.
      process.exitCode = error.exitCode;
      return;
    }
    const text = wrapLines(explain(error), columnsOf(process.stderr));
    process.stderr.write(`${escapeLines(text)}\n`);
    process.exitCode = error instanceof InterruptedError ? interruptedCode : 1;
  }
}

/** Runs a command; an action that finds its call wrong ends as if the parser had. */
async function parse(command: CommandUnknownOpts, args: readonly string[]): Promise<void> {
  let called = command;
  command.hook("preAction", (_, action) => {
    called = action;
  });
  try {
    const taken = findTakenByNpm(command, args, process.env);
    if (taken !== undefined) throw new UsageError(taken);
    await command.parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof UsageError) called.error(`error: ${error.message}`);
    throw error;
  }
}
