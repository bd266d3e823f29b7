/** Pagination with opaque tokens, as AWS's. */
import { AwsError } from "./errors.ts";

/** A page; `nextToken` is undefined on the last one. */
export interface Page<T> {
  items: T[];
  nextToken: string | undefined;
}

/**
 * At most `limit` items from the position of `token`, which an earlier page returned.
 * @throws AwsError for an invalid token.
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
