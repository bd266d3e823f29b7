/** One page of a list, with AWS's kind of opaque token for the next one. */
import { AwsError } from "./errors.ts";

/** A page; `nextToken` is undefined on the last one. */
export interface Page<T> {
  items: T[];
  nextToken: string | undefined;
}

/**
 * At most `limit` items from where `token`, as an earlier page gave it, points to.
 * @throws AwsError when no page gave that token.
 */
export function pageOf<T>(all: Iterable<T>, limit: number, token: string | undefined): Page<T> {
  const list = [...all];
  const start = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString("utf8"));
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError("InvalidParameterException", "The pagination token is not valid.");
  }
  const end = start + limit;
  return {
    items: list.slice(start, end),
    nextToken: end < list.length ? Buffer.from(String(end)).toString("base64url") : undefined,
  };
}
