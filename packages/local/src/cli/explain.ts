/** Says what ended the local cloud, and what to do. */
import { PortTakenError } from "../http/listen.ts";
import { messageOf } from "../errors/error-message.ts";
import type { CliOptions } from "./options.ts";

/** The text that users read about an error; `command` is how the local cloud was called. */
export function explain(
  error: unknown,
  command: string,
  { awsPort }: Pick<CliOptions, "awsPort">,
): string {
  if (!(error instanceof PortTakenError)) return messageOf(error);
  const option = error.port === awsPort ? "--aws-port" : "--port";
  return `${error.message} Stop that program, or use a free port: ${command} ${option} 0`;
}
