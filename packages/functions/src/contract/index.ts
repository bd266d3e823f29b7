/** The API's contract: what its routes are, take and answer. Infrastructure and scripts read it, too. */
export { nameLimits } from "@secure-lambda/core";
export { invalidRequest } from "./problems.ts";
export { mapRoutes, routes } from "./routes.ts";
export type { Route, RoutePath } from "./routes.ts";
export { greetRequestSchema, greetResponseSchema } from "./schemas.ts";
export type { GreetResponseBody } from "./schemas.ts";
export { securityHeaders } from "./security-headers.ts";
