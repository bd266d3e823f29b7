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

/** The response to a preflight, as recorded of AWS's JSON services (scylladb/scylladb). */
export function preflightResponse(headers: Headers): Response {
  const response = new Response(null, {
    headers: { "access-control-allow-methods": "POST", "access-control-max-age": "172800" },
  });
  const asked = headers.get("access-control-request-headers");
  if (asked !== null) response.headers.set("access-control-allow-headers", asked);
  return response;
}

/** Lets an allowed page read a response; AWS allows every origin (`*`). */
export function allowPage({ origin, isAllowed }: WebPage, { headers }: Response): void {
  if (!isAllowed) return;
  headers.set("access-control-allow-origin", origin);
  headers.set(
    "access-control-expose-headers",
    "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
  );
  headers.append("vary", "Origin");
}
