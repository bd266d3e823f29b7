/** The API's contract: what its routes are, take and answer. Infrastructure and scripts read it, too. */
export { appName } from "./app-name.ts";
export { problems, type FieldError, type Problem } from "./problems.ts";
export { honoPath, routeRows, routes, userPools } from "./routes.ts";
export type { HonoPath, RequestInputs, Route, RouteRow, UserPool } from "./routes.ts";
export { greetRequest, greetResponse } from "./schemas.ts";
export type { Body, Described, GreetRequestBody, GreetResponseBody } from "./schemas.ts";
export { securityHeaders } from "./security-headers.ts";
