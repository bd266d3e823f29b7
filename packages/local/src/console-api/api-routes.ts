/** Route of the deployed API's routes, to send requests to. */
import type { RestApis } from "../services/api-gateway/store/rest-apis.ts";
import { apiRoutesSchema } from "./api-routes-view.ts";
import { bare, defineRoute, type Route } from "./route.ts";

/** The route. */
export function apiRouteRoutes(apis: Pick<RestApis, "servedStages">): Route[] {
  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/api-routes",
      operationId: "listApiRoutes",
      summary: "Lists the routes of the deployed APIs with their authorizers.",
      result: apiRoutesSchema,
      handle: () => ({
        // They are created side by side.
        routes: apis
          .servedStages()
          .flatMap(({ api, routes }) =>
            routes.map(({ method: { httpMethod, authorization }, resourcePath }) => ({
              method: httpMethod,
              path: resourcePath,
              authorizer:
                authorization.type === "NONE"
                  ? null
                  : (api.authorizers.get(authorization.authorizerId)?.name ?? ""),
            })),
          )
          .toSorted((one, other) => one.path.localeCompare(other.path)),
      }),
    }),
  ];
}
