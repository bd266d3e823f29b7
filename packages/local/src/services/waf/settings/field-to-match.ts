/** Settings of statements: the request component. */
import * as z from "zod";
import { empty, hasOneKey } from "./one-key.ts";

const named = z.strictObject({ name: z.string().min(1).max(64) });

const oversizeHandling = z.enum(["CONTINUE", "MATCH", "NO_MATCH"]);
const matchScope = z.enum(["ALL", "KEY", "VALUE"]);

const onePattern = { error: "Give exactly one match pattern." };
const nameList = (longest: number) =>
  z.array(z.string().min(1).max(longest)).min(1).max(199).optional();

const headerPattern = z
  .strictObject({
    all: empty.optional(),
    includedHeaders: nameList(64),
    excludedHeaders: nameList(64),
  })
  .refine(hasOneKey, onePattern)
  .transform(({ includedHeaders, excludedHeaders }): NameFilter => ({
    included: includedHeaders,
    excluded: excludedHeaders,
  }));

const cookiePattern = z
  .strictObject({
    all: empty.optional(),
    includedCookies: nameList(60),
    excludedCookies: nameList(60),
  })
  .refine(hasOneKey, onePattern)
  .transform(({ includedCookies, excludedCookies }): NameFilter => ({
    included: includedCookies,
    excluded: excludedCookies,
  }));

const pointer = z
  .string()
  .max(512)
  .regex(/^\/(?:[^~]|~[01])*$/, "Give a JSON Pointer, such as /name.");

const jsonPattern = z
  .strictObject({ all: empty.optional(), includedPaths: z.array(pointer).min(1).optional() })
  .refine(hasOneKey, onePattern)
  .transform(({ includedPaths }) => includedPaths?.map(segmentsOf));

const jsonBody = z
  .strictObject({
    matchPattern: jsonPattern,
    matchScope,
    invalidFallbackBehavior: z.enum(["MATCH", "NO_MATCH", "EVALUATE_AS_STRING"]).optional(),
    oversizeHandling: oversizeHandling.default("CONTINUE"),
  })
  .transform(({ matchPattern: paths, ...rest }) => ({ ...rest, paths }));

/**
 * The supported components (WAF/waf-rule-statement-fields-list). TLS fingerprints are not for API
 * Gateway, nor are fragments: rejected by name. Pulumi writes two of them as a list of one.
 */
export const fieldToMatch = z
  .strictObject({
    allQueryArguments: empty.optional(),
    body: z.strictObject({ oversizeHandling: oversizeHandling.default("CONTINUE") }).optional(),
    cookies: z
      .strictObject({
        matchPatterns: z.tuple([cookiePattern]),
        matchScope,
        oversizeHandling,
      })
      .transform(({ matchPatterns: [names], ...rest }) => ({ ...rest, names }))
      .optional(),
    headerOrders: z.tuple([z.strictObject({ oversizeHandling })]).optional(),
    headers: z
      .tuple([
        z
          .strictObject({ matchPattern: headerPattern, matchScope, oversizeHandling })
          .transform(({ matchPattern: names, ...rest }) => ({ ...rest, names })),
      ])
      .optional(),
    jsonBody: jsonBody.optional(),
    method: empty.optional(),
    queryString: empty.optional(),
    singleHeader: named.optional(),
    singleQueryArgument: z.strictObject({ name: z.string().min(1).max(30) }).optional(),
    uriPath: empty.optional(),
  })
  .refine(hasOneKey, { error: "Give exactly one component." })
  .transform(({ headers, headerOrders, ...others }) => ({
    ...others,
    headers: headers?.[0],
    headerOrder: headerOrders?.[0],
  }));

/** Which names are inspected: those included, or all but the excluded ones. */
export interface NameFilter {
  readonly included: readonly string[] | undefined;
  readonly excluded: readonly string[] | undefined;
}

/** The segments of a JSON Pointer (RFC 6901), as the keys of a body are read: Latin-1. */
function segmentsOf(path: string): string[] {
  const segments = Buffer.from(path, "utf8").toString("latin1").split("/").slice(1);
  return segments.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A request component. */
export type FieldToMatch = z.output<typeof fieldToMatch>;
/** What becomes of a component that is larger than what is inspected. */
export type OversizeHandling = z.output<typeof oversizeHandling>;
/** Whether keys, values or both are inspected. */
export type Scope = z.output<typeof matchScope>;
/** How a body is inspected as JSON; without paths the whole of it is. */
export type JsonBody = z.output<typeof jsonBody>;
