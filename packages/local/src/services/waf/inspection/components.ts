/** Extracts the request component of a statement (WAF/waf-rule-statement-fields-list). */
import type { RequestView } from "./request.ts";
import type { FieldToMatch, TextTransformation } from "../settings/content.ts";
import { applyTransformations } from "./transformations.ts";

/** Whether a statement matches a request. */
export type Matcher = (view: RequestView) => boolean;

interface Content {
  fieldToMatch: FieldToMatch;
  textTransformations: readonly TextTransformation[];
}

/**
 * Creates a matcher from a test of the component's text. One of several values is enough; a missing
 * header or argument does not match. A body beyond the limit is truncated, or decided by its
 * oversize handling (default CONTINUE).
 */
export function matchContent(content: Content, test: (text: string) => boolean): Matcher {
  const { fieldToMatch, textTransformations } = content;
  const oversizeHandling = fieldToMatch.body?.oversizeHandling ?? "CONTINUE";
  return (view) => {
    if (fieldToMatch.body && view.isBodyOversize && oversizeHandling !== "CONTINUE") {
      return oversizeHandling === "MATCH";
    }
    return valuesOf(fieldToMatch, view).some((value) =>
      test(applyTransformations(value, textTransformations)),
    );
  };
}

function valuesOf(field: FieldToMatch, { request, headers, body }: RequestView): string[] {
  const { singleHeader, singleQueryArgument } = field;
  if (field.body) return [body];
  if (field.method) return [request.method];
  if (field.queryString) return [request.queryString];
  if (field.allQueryArguments) return queryArguments(request.queryString).map(([, value]) => value);
  if (singleHeader) return namedValues(headers, singleHeader.name);
  if (singleQueryArgument) {
    return namedValues(queryArguments(request.queryString), singleQueryArgument.name);
  }
  return [request.path];
}

/** Names and values of the query string, neither of them decoded. */
export function queryArguments(queryString: string): [name: string, value: string][] {
  if (queryString === "") return [];
  return queryString.split("&").map((part) => {
    const [name = "", ...value] = part.split("=");
    return [name, value.join("=")];
  });
}

/** The values with a name, case-insensitively. */
export function namedValues(
  pairs: readonly (readonly [name: string, value: string])[],
  name: string,
): string[] {
  const wanted = name.toLowerCase();
  return pairs.filter(([own]) => own.toLowerCase() === wanted).map(([, value]) => value);
}
