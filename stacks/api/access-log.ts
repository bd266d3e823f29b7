/** The API's access log: one JSON object per request, without the token and without the name. */

/**
 * Variables that every caller controls are left out, or replaced by what they matched: the path of
 * the resource instead of the request's, no user agent. API Gateway writes `-` for an absent
 * variable, so numbers are quoted as well. Of the token's claims only the subject is logged, and
 * not `error.validationErrorString`, which quotes the body. The variables:
 * APIGW/api-gateway-variables-for-access-logging
 */
export const accessLogFormat = JSON.stringify({
  time: "$context.requestTime",
  requestId: "$context.requestId",
  traceId: "$context.xrayTraceId",
  ip: "$context.identity.sourceIp",
  tlsVersion: "$context.tlsVersion",
  cipherSuite: "$context.cipherSuite",
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
