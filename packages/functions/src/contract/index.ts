/** The API's contract: what its routes are, take and answer. Infrastructure and scripts read it, too. */
export { nameLimits } from "@secure-lambda/core/name";
export { problems, type FieldError, type Problem } from "./problems.ts";
export { mapRoutes, routes, type Route, type RoutePath } from "./routes.ts";
export { greetRequestSchema, greetResponseSchema } from "./schemas.ts";
export type { GreetRequestBody, GreetResponseBody } from "./schemas.ts";
export { securityHeaders } from "./security-headers.ts";
