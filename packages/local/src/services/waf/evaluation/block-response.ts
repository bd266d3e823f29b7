/** The custom response of a block (WAF/customizing-the-response-for-blocked-requests). */
import type { BlockResponse } from "./decision.ts";

/** Assumed: without a custom body the response has none, and no `x-amzn-ErrorType`. */
export function renderBlock({ status, headers: own, body }: BlockResponse): Response {
  const headers = new Headers(own.map(([name, value]) => [name, value]));
  if (body) headers.set("content-type", body.contentType);
  const isBodiless = status === 204 || status === 304;
  return new Response(isBodiless ? null : (body?.content ?? null), { status, headers });
}
