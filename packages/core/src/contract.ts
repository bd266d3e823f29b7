/** The API's contract: what the routes are, take and answer. Infrastructure and functions read it. */
import * as z from "zod/mini";
import type { ExternalGreeter } from "./greeting.ts";
import { nameSchema } from "./name.ts";

export { nameLimits } from "./name.ts";

/** The body of a request to any route; unknown keys are refused. */
export const greetRequestSchema = z.strictObject({ name: nameSchema });

/** The body of a 200 answer of any route. */
export const greetResponseSchema = z.strictObject({
  message: z.string(),
  messageId: z.string().check(z.minLength(1)),
});

/** A 200 answer's body. */
export type GreetResponseBody = z.infer<typeof greetResponseSchema>;

/** Every route of the API: all are `POST`, each greets in its own name for its own user pool. */
export const routes = [
  { path: "/lambda1", greeter: "ExternalLambda1", userPool: 1 },
  { path: "/lambda2", greeter: "ExternalLambda2", userPool: 2 },
] as const satisfies readonly { path: string; greeter: ExternalGreeter; userPool: number }[];

/** One row of the route table. */
export type Route = (typeof routes)[number];

/** The path of a route. */
export type RoutePath = Route["path"];

/** Makes one value for each route; a route added to the table does not compile until it has its own. */
export function mapRoutes<T>(make: (route: Route) => T): Record<RoutePath, T> {
  const [first, second] = routes;
  return { [first.path]: make(first), [second.path]: make(second) };
}

/** What a body that breaks the contract is answered with, whichever layer finds it: one problem. */
export const invalidRequest = {
  type: "urn:secure-lambda:problem:invalid-request",
  title: "Invalid request",
  status: 400,
  detail: "The request's body is not what this route takes; see errors.",
} as const;

/**
 * What every answer carries: it keeps a browser from making more of it than the JSON it is. A policy's
 * empty source list is 'none' (www.w3.org/TR/CSP3), and needs no quotes: API Gateway's own
 * literals stand in single quotes, and whether they may hold some is not documented.
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
