/** Says what ended the local cloud, and what to do. */
import { messageOf } from "../errors/error-message.ts";
import { PortTakenError } from "../http/listen.ts";
import { findRunningClouds } from "../runs/cloud-registry.ts";

/**
 * The text that users read about an error; `command` is how the local cloud was called, for the app in
 * the folder `project`.
 */
export function explain(error: unknown, command: string, project: string): string {
  if (!(error instanceof PortTakenError)) return messageOf(error);
  const onFreePorts = `on free ports:\n  ${command} --port 0 --aws-port 0`;
  const own = findRunningClouds(project).find(({ apiUrl, awsUrl }) =>
    [apiUrl, awsUrl].some((url) => new URL(url).port === String(error.port)),
  );
  if (own === undefined) return `${error.message} Stop that program, or start ${onFreePorts}`;
  return [
    `A local cloud of this folder is already running: ${own.apiUrl}, AWS endpoint ${own.awsUrl}.`,
    `Use it, stop it with Ctrl-C in its terminal, or start another ${onFreePorts}`,
  ].join("\n");
}
