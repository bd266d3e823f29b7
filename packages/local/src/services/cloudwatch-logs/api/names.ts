/** Names of log groups and log streams in inputs. */
import * as z from "zod";
import type { LogGroups } from "../log-groups.ts";
import { AwsError } from "../../../aws-protocol/errors.ts";

/** A log group's name, or a substring of one (documented: LOGS-API/LogGroup). */
export const groupName = z
  .string()
  .max(512)
  .regex(/^[.\-_/#A-Za-z0-9]+$/, "Use letters, digits and .-_/#");

/** A log stream's name, or a prefix of one (documented: LOGS-API/LogStream). */
export const streamName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^:*]*$/, "Use neither : nor *");

/** The two members that name a group, of which one is required. */
export const groupMembers = {
  logGroupName: groupName.optional(),
  logGroupIdentifier: z.string().min(1).max(2048).optional(),
};

/** An input with the two members that name a group. */
export interface NamesGroup {
  logGroupName?: string | undefined;
  logGroupIdentifier?: string | undefined;
}

/** The name of the group that an input names, by its name or its ARN; undefined for none. */
export function groupNamed({ logGroupName, logGroupIdentifier }: NamesGroup): string | undefined {
  return (
    logGroupName ?? logGroupIdentifier?.replace(/^arn:[^/]*?:log-group:/, "").replace(/:\*$/, "")
  );
}

/** The name of the group that an input names. @throws AwsError when there is no such group. */
export function existingGroup(logs: LogGroups, input: NamesGroup): string {
  const name = groupNamed(input);
  if (name === undefined || (input.logGroupName && input.logGroupIdentifier)) {
    const message = "Include either logGroupIdentifier or logGroupName, but not both.";
    throw new AwsError("InvalidParameterException", message);
  }
  if (logs.createdAt(name) !== undefined) return name;
  throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
}
