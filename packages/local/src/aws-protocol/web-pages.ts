/** Calls of web pages: which the endpoint takes, and what it tells their browsers (CORS). */
import { AwsError } from "./errors.ts";

/** The page that a request comes from: browsers name its origin, AWS's other clients name none. */
export interface WebPage {
  readonly origin: string;
  readonly isAllowed: boolean;
}

/** The page of a request; undefined for another client. `webOrigins` are those that may call. */
export function pageOf(
  headers: Headers,
  webOrigins: () => ReadonlySet<string>,
): WebPage | undefined {
  const origin = headers.get("origin");
  return origin === null ? undefined : { origin, isAllowed: webOrigins().has(origin) };
}

/**
 * A page may call what needs no signature, as on AWS, where every page may: here a stranger's could
 * use its visitor's local cloud.
 * @throws AwsError for every other call of a page.
 */
export function checkPage({ isAllowed }: WebPage, isSigned: boolean): void {
  if (isAllowed && !isSigned) return;
  throw new AwsError(
    "AccessDenied",
    "Web pages may not call the local cloud, except unsigned operations from the origin that a deployed API allows by CORS.",
    403,
  );
}

/** What a preflight gets: the method that may be called, and for how many seconds that is so. */
interface Preflight {
  readonly status: 200 | 204;
  readonly method: string;
  readonly maxAge: number;
}

/** What AWS's JSON services let pages do (recorded: scylladb/scylladb). */
export const jsonServices = {
  preflight: { status: 200, method: "POST", maxAge: 172_800 },
  exposed: "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
} as const;

/** The response to a preflight; it allows the headers that are asked for. */
export function preflightResponse(
  headers: Headers,
  { status, method, maxAge }: Preflight,
): Response {
  const allowed = {
    "access-control-allow-methods": method,
    "access-control-max-age": String(maxAge),
  };
  const response = new Response(null, { status, headers: allowed });
  const asked = headers.get("access-control-request-headers");
  if (asked !== null) response.headers.set("access-control-allow-headers", asked);
  return response;
}

/** Lets an allowed page read a response, of its headers only `exposed`; AWS allows every origin (`*`). */
export function allowPage(
  { origin, isAllowed }: WebPage,
  { headers }: Response,
  exposed?: string,
): void {
  if (!isAllowed) return;
  headers.set("access-control-allow-origin", origin);
  if (exposed !== undefined) headers.set("access-control-expose-headers", exposed);
  headers.append("vary", "Origin");
}
