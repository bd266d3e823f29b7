/** Route of the app's own description of its API. */
import * as z from "zod";
import { ApiProblem } from "./problem.ts";
import { bare, defineRoute, type Route } from "./route.ts";

/** The routes; `apiDocument` is an OpenAPI document. */
export function referenceRoutes(apiDocument: object | undefined): Route[] {
  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/reference.json",
      operationId: "getReference",
      summary: "Gets the app's description of its own API, in OpenAPI.",
      result: z.looseObject({}),
      handle() {
        if (apiDocument !== undefined) return { ...apiDocument };
        throw new ApiProblem(404, "The app has given the local cloud no description of its API.");
      },
    }),
  ];
}
