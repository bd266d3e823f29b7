/**
 * API Gateway: the store that resources are applied to, and the gateway that serves it.
 *
 * Sources named in this folder: `GW/x` is the page x of AWS's API Gateway developer guide
 * (docs.aws.amazon.com/apigateway/latest/developerguide), `LS x` is the test x recorded against AWS
 * in localstack/localstack (tests/aws/services/apigateway), `owner/name#n` is an issue on GitHub.
 */
export { createTokenVerifier } from "./execute-api/cognito-token.ts";
export { createRestApis, type RestApis } from "./store/rest-apis.ts";
export { ConfigurationError, UnsupportedConfigurationError } from "./store/error-responses.ts";
export type { InvocationResult } from "./execute-api/handlers/integrate.ts";
export { type AccessLogEntry, createGateway, type GatewayDeps } from "./execute-api/server.ts";
