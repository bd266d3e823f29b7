/** Pagination with opaque tokens, as AWS's. */
import { AwsError } from "./errors.ts";

/** A page; `nextToken` is undefined on the last one. */
export interface Page<T> {
  items: T[];
  nextToken: string | undefined;
}

/**
 * At most `limit` items from the position of `token`, which an earlier page returned.
 * @throws AwsError with `invalidToken` for another token.
 */
export function pageOf<T>(
  all: Iterable<T>,
  limit: number,
  token: string | undefined,
  invalidToken = "InvalidParameterException",
): Page<T> {
  const list = [...all];
  const position = token === undefined ? "0" : Buffer.from(token, "base64url").toString("latin1");
  if (!/^\d{1,9}$/.test(position)) {
    throw new AwsError(invalidToken, "The pagination token is not valid.");
  }
  const start = Number(position);
  const end = start + limit;
  return {
    items: list.slice(start, end),
    nextToken: end < list.length ? Buffer.from(String(end)).toString("base64url") : undefined,
  };
}
