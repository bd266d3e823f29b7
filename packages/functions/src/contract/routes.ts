/** The table of routes: a row is one method of one path, and all that there is of a route derives from it. */
import { greetRequest, greetResponse, type Body, type Described } from "./schemas.ts";

/** The user pools, by number. */
export const userPools = [1, 2] as const;
export type UserPool = (typeof userPools)[number];

/** A row of the table. `name` is part of the names of AWS resources, and whose greeting it is. */
export interface RouteRow {
  readonly name: string;
  readonly method: "DELETE" | "GET" | "PATCH" | "POST" | "PUT";
  /** As API Gateway writes it: `/greetings/{id}`. */
  readonly path: `/${string}`;
  readonly userPool: UserPool;
  /** The parameters of its path, its query and its body, as Hono calls them. */
  readonly request: {
    readonly param?: Described;
    readonly query?: Described;
    readonly json?: Body;
  };
  readonly response: Body;
}
export type RequestInputs = RouteRow["request"];

const greeting = { request: { json: greetRequest }, response: greetResponse };

/** Every route of the API. */
export const routes = {
  lambda1: { name: "ExternalLambda1", method: "POST", path: "/lambda1", userPool: 1, ...greeting },
  lambda2: { name: "ExternalLambda2", method: "POST", path: "/lambda2", userPool: 2, ...greeting },
} as const satisfies Record<string, RouteRow>;
export type Route = (typeof routes)[keyof typeof routes];

/** The same rows, for code that treats all alike. */
export const routeRows: readonly RouteRow[] = Object.values(routes);

/** A path as Hono writes it: `/greetings/:id`. */
export type HonoPath<P extends string> = P extends `${infer Start}{${infer Name}}${infer End}`
  ? `${Start}:${Name}${HonoPath<End>}`
  : P;
export const honoPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ":$1");
