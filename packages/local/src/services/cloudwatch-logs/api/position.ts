/** Where an event stands among others: the ids that AWS gives events, and the tokens made of them. */
import type { StoredLogEvent } from "../log-groups.ts";
import { AwsError } from "../../../aws-protocol/errors.ts";

/**
 * The id of an event: 56 digits, as AWS's have (documented: examples of filter-log-events). Sorted
 * as text, ids stand in the order of FilterLogEvents: by timestamp, then as they were ingested.
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

/** Which way a token of GetLogEvents leads, and from where. */
export interface Token {
  forward: boolean;
  from: string;
}

/** Writes a token of GetLogEvents, in the form of AWS's (reported by users of the AWS CLI). */
export function writeToken({ forward, from }: Token): string {
  return `${forward ? "f" : "b"}/${from}/s`;
}

/** Reads a token of GetLogEvents. @throws AwsError for anything else. */
export function readToken(text: string): Token {
  const [, way, from] = /^([fb])\/(\d{56})\/s$/.exec(text) ?? [];
  if (from === undefined) throw invalidToken();
  return { forward: way === "f", from };
}

/** Reads a token of FilterLogEvents: the id of the last event of the page before. */
export function readPosition(text: string): string {
  if (!/^\d{56}$/.test(text)) throw invalidToken();
  return text;
}

function invalidToken(): AwsError {
  return new AwsError("InvalidParameterException", "The specified nextToken is invalid.");
}
