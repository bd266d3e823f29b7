/** Says what ended a command, and what would be right. */
import { PortTakenError } from "../http/listen.ts";
import { messageOf } from "../error-message.ts";
import { UsageError, type CliOptions } from "./options.ts";

/** The text for people about an error; `command` is how the local cloud was called. */
export function explain(
  error: unknown,
  command: string,
  options?: Pick<CliOptions, "awsPort">,
): string {
  if (error instanceof PortTakenError) {
    const option = error.port === options?.awsPort ? "--aws-port" : "--port";
    return `${error.message} Stop that program, or take a free port: ${command} ${option} 0`;
  }
  if (error instanceof UsageError) return `${error.message} See ${command} --help.`;
  return messageOf(error);
}
