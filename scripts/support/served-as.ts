/** As what a request is served, for the lines of requests. */
import { greetResponse, routeRows } from "@secure-lambda/functions/contract";

/** Of a route that greets; undefined for another one. */
export const servedAs = (path: string): string | undefined =>
  routeRows.some((row) => row.path === path && row.response === greetResponse)
    ? "greeted"
    : undefined;
