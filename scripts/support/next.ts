/** What users do next, as the last line of a command. */
import type { Terminal } from "@secure-lambda/local/command-line";
import type { TargetOptions } from "./target.ts";

/** A command to type: an npm script and its arguments. */
export const commandLine = (script: string, args: readonly string[]) =>
  [script, ...(args.length === 0 ? [] : ["--", ...args])].join(" ");

/** Shows a command to go on with. */
export function showNext(terminal: Terminal, script: string, args: readonly string[]): void {
  terminal.line(`next: ${commandLine(script, args)}`);
}

/** The options by which another command has the same target. */
export const targetArgs = ({ stage, awsPort }: TargetOptions): string[] => [
  ...(stage === undefined ? [] : [`--stage ${stage}`]),
  ...(awsPort === undefined ? [] : [`--aws-port ${awsPort}`]),
];
