/** The requests that the page keeps: the newest, each once. */
import type { RequestSummary } from "./request.ts";

/** As many as the local cloud keeps. */
export const MOST = 1_000;

/** By their times first, in ISO 8601: a local cloud that was started again counts from 1. */
function newestFirst(one: RequestSummary, other: RequestSummary): number {
  if (one.startedAt === other.startedAt) return other.sequence - one.sequence;
  return one.startedAt < other.startedAt ? 1 : -1;
}

/** The kept requests with those that were added, or have changed; newest first. */
export function withRequests(
  kept: readonly RequestSummary[],
  added: readonly RequestSummary[],
): readonly RequestSummary[] {
  const byId = new Map([...kept, ...added].map((request) => [request.id, request]));
  return [...byId.values()].toSorted(newestFirst).slice(0, MOST);
}
