/** Positions of events: event ids, and the pagination tokens that contain them. */
import type { StoredLogEvent } from "../log-groups.ts";
import { AwsError } from "../../../aws-protocol/errors.ts";

/**
 * The id of an event: 56 digits, as on AWS (documented: examples of LOGS-API/FilterLogEvents). Ids
 * sort in the order of FilterLogEvents: by timestamp, then in the order of ingestion.
 */
export function eventId({ timestamp, sequence }: StoredLogEvent): string {
  return `${String(timestamp).padStart(16, "0")}${String(sequence).padStart(40, "0")}`;
}

/** The position right before every event (-1) or after (1) the one with this id. */
export function beside(id: string, direction: 1 | -1): string {
  return String(BigInt(id) + BigInt(direction)).padStart(56, "0");
}

/** The position before every event. */
export const beforeAll = "0".repeat(56);

/** The direction and start of a GetLogEvents token. */
export interface Token {
  forward: boolean;
  from: string;
}

/** Writes a GetLogEvents token in AWS's form (reported by users of the AWS CLI). */
export function writeToken({ forward, from }: Token): string {
  return `${forward ? "f" : "b"}/${from}/s`;
}

/** Parses a GetLogEvents token. @throws AwsError for anything else. */
export function readToken(text: string): Token {
  const [, way, from] = /^([fb])\/(\d{56})\/s$/.exec(text) ?? [];
  if (from === undefined) throw invalidToken();
  return { forward: way === "f", from };
}

/** Parses a FilterLogEvents token: the id of the last event of the previous page. */
export function readPosition(text: string): string {
  if (!/^\d{56}$/.test(text)) throw invalidToken();
  return text;
}

function invalidToken(): AwsError {
  return new AwsError("InvalidParameterException", "The specified nextToken is invalid.");
}
