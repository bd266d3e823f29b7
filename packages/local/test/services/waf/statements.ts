/** Statements on the content of a request, as a web ACL has them. */
import { createWaf } from "../../../src/services/waf/waf.ts";
import type { WafRequest } from "../../../src/services/waf/inspection/request.ts";
import { ask, blocks, guard, environment, plainText } from "./web-acls.ts";

export type Asked = Partial<WafRequest>;

/** Whether a web ACL with this one statement blocks a request. */
export function isMatch(statement: object, request: Asked, over: object = {}): boolean {
  const waf = createWaf(environment);
  guard(waf, [blocks(statement)], over);
  return ask(waf, request).action === "block";
}

export const byte = (fieldToMatch: object, positionalConstraint: string, searchString: string) => ({
  byteMatchStatement: {
    fieldToMatch,
    positionalConstraint,
    searchString,
    textTransformations: plainText,
  },
});

export const size = (fieldToMatch: object, comparisonOperator: string, bound: number) => ({
  sizeConstraintStatement: {
    fieldToMatch,
    comparisonOperator,
    size: bound,
    textTransformations: plainText,
  },
});

export const uriPath = { uriPath: {} };

export const body = (oversizeHandling?: string) => ({
  body: oversizeHandling ? { oversizeHandling } : {},
});

export const headers = (
  oversizeHandling: string,
  matchPattern: object = { all: {} },
  matchScope = "ALL",
) => ({
  headers: [{ matchPattern, matchScope, oversizeHandling }],
});

export const headerOrder = (oversizeHandling: string) => ({ headerOrders: [{ oversizeHandling }] });

export const cookies = (
  oversizeHandling: string,
  pattern: object = { all: {} },
  matchScope = "ALL",
) => ({
  cookies: { matchPatterns: [pattern], matchScope, oversizeHandling },
});

export const jsonBody = (over: object = {}) => ({
  jsonBody: { matchPattern: { all: {} }, matchScope: "ALL", ...over },
});

export const regex = (regexString: string) => ({
  regexMatchStatement: { fieldToMatch: uriPath, regexString, textTransformations: plainText },
});

export const patterns = (...all: string[]) => ({
  regularExpressions: all.map((regexString) => ({ regexString })),
});
