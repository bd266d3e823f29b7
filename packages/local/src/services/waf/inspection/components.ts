/** Extracts the request component of a statement (WAF/waf-rule-statement-fields-list). */
import { jsonTexts } from "./json-body.ts";
import { namedValues, queryArguments, textsOf } from "./pairs.ts";
import type { LimitedField, RequestView } from "./request.ts";
import type { FieldToMatch, OversizeHandling } from "../settings/field-to-match.ts";
import type { TextTransformation } from "../settings/text-transformations.ts";
import { applyTransformations } from "./transformations.ts";

/** Whether a statement matches a request. */
export type Matcher = (view: RequestView) => boolean;

/** The texts to test, or whether the statement matches without a test. */
type Inspect = (view: RequestView) => readonly string[] | boolean;

interface Content {
  fieldToMatch: FieldToMatch;
  textTransformations: readonly TextTransformation[];
}

/**
 * Creates a matcher from a test of the component's texts. One of several is enough; a component that
 * is missing does not match.
 */
export function matchContent(content: Content, test: (text: string) => boolean): Matcher {
  const { fieldToMatch, textTransformations } = content;
  const inspect = inspectorOf(fieldToMatch);
  return (view) => {
    const found = inspect(view);
    if (typeof found === "boolean") return found;
    return found.some((text) => test(applyTransformations(text, textTransformations)));
  };
}

function inspectorOf(field: FieldToMatch): Inspect {
  const { singleHeader, singleQueryArgument, body, jsonBody, headers, headerOrder, cookies } =
    field;
  if (body) return limited("REQUEST_BODY", body.oversizeHandling, (view) => [view.body]);
  if (jsonBody) {
    return limited("REQUEST_JSON_BODY", jsonBody.oversizeHandling, (view) =>
      jsonTexts(view.body, jsonBody),
    );
  }
  if (headers) {
    return limited("REQUEST_HEADERS", headers.oversizeHandling, (view) =>
      textsOf(view.headers, headers.names, headers.matchScope, (name) => name.toLowerCase()),
    );
  }
  if (headerOrder) {
    return limited("REQUEST_HEADERS", headerOrder.oversizeHandling, (view) => [
      view.headers.map(([name]) => name).join(":"),
    ]);
  }
  if (cookies) {
    return limited("REQUEST_COOKIES", cookies.oversizeHandling, (view) =>
      textsOf(view.cookies, cookies.names, cookies.matchScope),
    );
  }
  if (field.method) return ({ request }) => [request.method];
  if (field.queryString) return ({ request }) => [request.queryString];
  if (field.allQueryArguments) {
    return ({ request }) => queryArguments(request.queryString).map(([, value]) => value);
  }
  if (singleHeader) return ({ request }) => namedValues(request.headers, singleHeader.name);
  if (singleQueryArgument) {
    return ({ request }) =>
      namedValues(queryArguments(request.queryString), singleQueryArgument.name);
  }
  return ({ request }) => [request.path];
}

/** A component that is larger than what is inspected is decided by its oversize handling. */
function limited(field: LimitedField, handling: OversizeHandling, inspect: Inspect): Inspect {
  return (view) =>
    view.isOversize(field) && handling !== "CONTINUE" ? handling === "MATCH" : inspect(view);
}
