/** The API's contract: what the routes are, take and answer. Infrastructure and functions read it. */
import * as z from "zod/mini";
import { nameSchema } from "./name.ts";

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
] as const;

/** One row of the route table. */
export type Route = (typeof routes)[number];

/** The path of a route. */
export type RoutePath = Route["path"];

/** The name in which a route greets. */
export type ExternalGreeter = Route["greeter"];

/** Makes one value for each route; a route added to the table does not compile until it has its own. */
export function mapRoutes<T>(make: (route: Route) => T): Record<RoutePath, T> {
  const [first, second] = routes;
  return { [first.path]: make(first), [second.path]: make(second) };
}
