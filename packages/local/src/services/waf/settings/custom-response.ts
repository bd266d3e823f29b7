/** Settings of custom responses, in the shape of Pulumi's `aws.wafv2.WebAcl`. */
import * as z from "zod";

/** Documented: WAF/customizing-the-response-status-codes. */
const statusCodes = [
  200, 201, 202, 204, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409,
  411, 412, 413, 414, 415, 416, 421, 429, 500, 501, 502, 503, 504, 505,
] as const;

const contentTypes = {
  TEXT_PLAIN: "text/plain",
  TEXT_HTML: "text/html",
  APPLICATION_JSON: "application/json",
} as const;

const key = z.string().regex(/^[\w-]{1,128}$/);

/** AWS's limits (WAF-API/CustomHTTPHeader), but values must be ASCII. */
const header = z.strictObject({
  name: z.string().regex(/^(?!content-type$)[\w.$-]{1,64}$/i),
  value: z.string().regex(/^[\x20-\x7e]{1,255}$/),
});

/** The custom response of a block action; its body is one of the web ACL's. */
export const customResponse = z
  .strictObject({
    responseCode: z.literal(statusCodes),
    customResponseBodyKey: key.optional(),
    responseHeaders: z.array(header).default([]),
  })
  .refine(
    ({ responseHeaders: list }) =>
      new Set(list.map(({ name }) => name.toLowerCase())).size === list.length,
    { error: "Two response headers have the same name." },
  )
  .transform(({ responseCode: status, customResponseBodyKey: bodyKey, responseHeaders }) => ({
    status,
    bodyKey,
    headers: responseHeaders.map(({ name, value }) => [name, value] as const),
  }));

/** The bodies of custom responses, by key. Limits: WAF-API/CustomResponseBody, WAF/limits. */
export const customResponseBodies = z
  .array(
    z.strictObject({
      key,
      content: z.string().min(1).max(10_240),
      contentType: z
        .enum(["TEXT_PLAIN", "TEXT_HTML", "APPLICATION_JSON"])
        .transform((type) => contentTypes[type]),
    }),
  )
  .max(50)
  .default([])
  .transform((bodies) => new Map(bodies.map((body) => [body.key, body])));

/** The custom response of a block action. */
export type CustomResponse = z.output<typeof customResponse>;
