/** The headers of every response, whichever layer it comes from. */

/**
 * They keep a browser from making more of a response than the JSON it is. A policy's empty source
 * list is 'none' (www.w3.org/TR/CSP3), and needs no quotes: API Gateway's own literals stand in
 * single quotes, and whether they may hold some is not documented.
 */
export const securityHeaders = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src; frame-ancestors",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
} as const;
