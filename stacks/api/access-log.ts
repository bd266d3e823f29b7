/** The API's access log: one JSON object a request, without a token and without a name. */

/**
 * Variables that every caller controls are left out, or stand as what they matched: the resource's
 * path instead of the request's, no user agent. API Gateway fills an absent variable with `-`, so
 * numbers stand in quotes as well. Of the token's claims the subject alone is there.
 * `error.validationErrorString` is not: it quotes the body. The variables:
 * APIGW/api-gateway-variables-for-access-logging
 */
export const accessLogFormat = JSON.stringify({
  time: "$context.requestTime",
  requestId: "$context.requestId",
  traceId: "$context.xrayTraceId",
  ip: "$context.identity.sourceIp",
  method: "$context.httpMethod",
  resource: "$context.resourcePath",
  status: "$context.status",
  latency: "$context.responseLatency",
  responseLength: "$context.responseLength",
  error: "$context.error.responseType",
  waf: "$context.wafResponseCode",
  wafStatus: "$context.waf.status",
  wafLatency: "$context.waf.latency",
  authorizeStatus: "$context.authorize.status",
  authorizerLatency: "$context.authorizer.latency",
  subject: "$context.authorizer.claims.sub",
  apiKeyId: "$context.identity.apiKeyId",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integration.latency",
});
