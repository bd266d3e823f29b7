/** What a wrong call is answered with: one sentence, what would be right, and where to read on. */
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { escapeLines } from "../text/escape.ts";
import { columnsOf, wrapLines } from "../text/wrap.ts";

/** The command line has to change; the message says which option or argument, and how. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The subcommands to choose from: `create, delete or list`. */
export const choicesOf = (command: CommandUnknownOpts): string =>
  command.commands
    .map((each) => each.name())
    .join(", ")
    .replace(/, (?=[^,]*$)/, " or ");

/** Shows commander's errors and ours in one style, as wide as the terminal. */
export function showUsageError(command: CommandUnknownOpts): void {
  command.configureOutput({
    writeErr: (text) => process.stderr.write(escapeLines(text)),
    outputError: (text, write) =>
      write(`${wrapLines(inOurWords(text.trimEnd(), command), columnsOf(process.stderr))}\n`),
  });
}

/** Where commander's wording differs from that of the other errors. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/missing required argument '(.+)'$/, "required argument '<$1>' not specified"],
  [
    /command-argument value '([^]*)' is invalid for argument '(.+?)'\./,
    "argument '<$2>' value '$1' is invalid.",
  ],
  [/\n\(Did you mean (.+)\?\)$/, ". Did you mean $1?"],
  [
    /(?: not specified| argument missing|(?:unknown (?:option|command)|used with option) '[^]*')$/,
    "$&.",
  ],
];

function inOurWords(text: string, command: CommandUnknownOpts): string {
  const worded = wordings.reduce((said, [pattern, words]) => said.replace(pattern, words), text);
  if (/^error: unknown command '[^]*'\.$/.test(worded)) {
    return `${worded} Expected ${choicesOf(command)}.`;
  }
  const longer = longerOption(worded, command);
  if (longer !== undefined) return longer;
  const meant = /^error: (?:too many arguments|required option '--stage )/.test(worded)
    ? withStage(command)
    : undefined;
  return meant === undefined ? worded : `${worded}\nDid you mean ${meant}?`;
}

/** commander compares letters and takes `--dry` for `--drop`: the option that begins like this comes first. */
function longerOption(text: string, command: CommandUnknownOpts): string | undefined {
  const [unknown, flag = ""] = /^error: unknown option '(--[\w-]+)'\./.exec(text) ?? [];
  if (unknown === undefined) return undefined;
  const options = [command, ...command.commands].flatMap((each) => each.options);
  const longer = new Set(options.flatMap(({ long }) => (long?.startsWith(flag) ? [long] : [])));
  return longer.size === 1 ? `${unknown} Did you mean ${[...longer].join("")}?` : undefined;
}

/** The call with its last argument as the stage, where that is what it may have been meant as. */
function withStage(command: CommandUnknownOpts): string | undefined {
  const sub = command.commands.find((each) => each.name() === command.args[0]);
  const called = sub ?? command;
  const expected = called.registeredArguments.length;
  const [stage, ...more] = called.args.slice(expected);
  const takesStage = called.options.some(({ long }) => long === "--stage");
  if (!takesStage || called.getOptionValueSource("stage") === "cli") return undefined;
  if (stage === undefined || more.length > 0 || !/^[a-z][a-z0-9-]*$/i.test(stage)) return undefined;
  const before = [...(sub ? [sub.name()] : []), ...called.args.slice(0, expected)];
  return [command.name(), ...before, "--stage", stage].join(" ");
}
