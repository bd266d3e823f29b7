/**
 * API Gateway: the store that resources are applied to, and the gateway that serves it.
 * Source marks such as `GW/x` and `LS x` are listed in docs/sources.md.
 */
export { createTokenVerifier } from "./execute-api/cognito-token.ts";
export { createRestApis, type RestApis } from "./store/rest-apis.ts";
export { ConfigurationError, UnsupportedConfigurationError } from "./store/configuration-errors.ts";
export type { InvocationResult } from "./execute-api/handlers/integrate.ts";
export { type AccessLogEntry, createGateway, type GatewayDeps } from "./execute-api/server.ts";
