/** Request components of AWS's managed rules, decoded and in lower case (assumed). */
import type { Matcher } from "../inspection/components.ts";
import { namedValues, queryArguments } from "../inspection/pairs.ts";
import { applyTransformations } from "../inspection/transformations.ts";
import type { RequestView } from "../inspection/request.ts";

type Part = (view: RequestView) => readonly string[];

/** Up to the limit, and on: they continue with an oversize body (WAF/aws-managed-rule-groups-baseline). */
const body: Part = (view) => {
  view.isOversize("REQUEST_BODY");
  return [view.body];
};
/** Of the Cookie headers, each a single header, which is inspected without a limit. */
const cookies: Part = ({ request }) => namedValues(request.headers, "cookie");
/** Names and values alike; they continue with oversize headers (the same page). */
const headers: Part = (view) => {
  view.isOversize("REQUEST_HEADERS");
  return view.headers.flat();
};
const userAgents: Part = ({ request }) => namedValues(request.headers, "user-agent");
const queryString: Part = ({ request }) => [request.queryString];
const queryValues: Part = ({ request }) =>
  queryArguments(request.queryString).map(([, value]) => value);
const uriPath: Part = ({ request }) => [request.path];

/** The components by name. */
export const parts = {
  body,
  cookies,
  headers,
  queryString,
  queryValues,
  uriPath,
  userAgents,
} as const;

/** Matches when the pattern matches one of the component's values. */
export function found(pattern: RegExp, part: Part): Matcher {
  return (view) =>
    part(view).some((text) =>
      pattern.test(applyTransformations(text, ["URL_DECODE", "LOWERCASE"])),
    );
}

/** Matches when one of the component's values, as received, has more bytes. */
export function longerThan(bytes: number, part: Part): Matcher {
  return (view) => part(view).some((text) => text.length > bytes);
}
