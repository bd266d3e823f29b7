/** The table of routes: all are `POST`, each greets in its own name for its own user pool. */
import type { GreeterName } from "@secure-lambda/core";

/** Every route of the API. */
export const routes = [
  { path: "/lambda1", greetsAs: "ExternalLambda1", userPool: 1 },
  { path: "/lambda2", greetsAs: "ExternalLambda2", userPool: 2 },
] as const satisfies readonly { path: string; greetsAs: GreeterName; userPool: number }[];

/** One row of the route table. */
export type Route = (typeof routes)[number];

/** The path of a route. */
export type RoutePath = Route["path"];

/** Creates one value for each route; a route added to the table does not compile until it has its own. */
export function mapRoutes<T>(create: (route: Route) => T): Record<RoutePath, T> {
  const [first, second] = routes;
  return { [first.path]: create(first), [second.path]: create(second) };
}
