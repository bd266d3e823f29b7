/** Request components of AWS's managed rules, decoded and in lower case (assumed). */
import { type Matcher, namedValues, queryArguments } from "../inspection/components.ts";
import { applyTransformations } from "../inspection/transformations.ts";
import type { RequestView } from "../inspection/request.ts";

type Part = (view: RequestView) => readonly string[];

const body: Part = ({ body: text }) => [text];
const cookies: Part = ({ headers }) => namedValues(headers, "cookie");
/** Names and values alike. */
const headers: Part = ({ headers: pairs }) => pairs.flat();
const queryString: Part = ({ request }) => [request.queryString];
const queryValues: Part = ({ request }) =>
  queryArguments(request.queryString).map(([, value]) => value);
const uriPath: Part = ({ request }) => [request.path];

/** The components by name. */
export const parts = { body, cookies, headers, queryString, queryValues, uriPath } as const;

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
