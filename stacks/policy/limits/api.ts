/** Limits of API Gateway: sizes are documented (APIGW/api-gateway-execution-service-limits-table). */
import * as z from "zod";
import { bytes, inputs, part, text, whole, type Limits } from "./checks.ts";

const errorStatus = z.string().regex(/^[45]\d\d$/);
const status = z.string().regex(/^[1-5]\d\d$/);
const method = z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"]);

/** A literal stands in single quotes, so it has none (APIGW/request-response-data-mappings). */
const mappings = z.record(z.string(), z.string().regex(/^(?:'[^'\r\n]*'|[\w.$-]+)$/));

const rates = { rateLimit: z.number().min(0), burstLimit: z.int().min(0) };

/** One line with the request's id (APIGW/set-up-logging). */
const accessLogFormat = bytes(3_072).pipe(
  z.string().regex(/^(?=.*\$context\.(?:requestId|extendedRequestId)\b).*$/),
);

/** By type. */
export const api: Limits = {
  "aws:apigateway/account:Account": inputs(),
  "aws:apigateway/restApi:RestApi": inputs({ name: text(1_024), policy: bytes(8_192) }),
  "aws:apigateway/model:Model": inputs({
    name: text(1_024, /^[a-zA-Z0-9]+$/),
    schema: bytes(400 * 1_024),
  }),
  "aws:apigateway/requestValidator:RequestValidator": inputs(),
  "aws:apigateway/resource:Resource": inputs({
    pathPart: text(1_024, /^(?:[\w.:-]+|\{[\w.:-]+\+?\})$/),
  }),
  "aws:apigateway/authorizer:Authorizer": inputs({
    type: z.enum(["TOKEN", "REQUEST", "COGNITO_USER_POOLS"]),
    authorizerResultTtlInSeconds: whole(0, 3_600),
  }),
  "aws:apigateway/method:Method": inputs({ httpMethod: method }),
  "aws:apigateway/methodResponse:MethodResponse": inputs({ statusCode: status }),
  "aws:apigateway/integration:Integration": inputs({
    type: z.enum(["HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY"]),
    timeoutMilliseconds: whole(50, 29_000),
  }),
  "aws:apigateway/integrationResponse:IntegrationResponse": inputs({
    statusCode: status,
    responseParameters: mappings,
  }),
  "aws:apigateway/response:Response": inputs({
    statusCode: errorStatus,
    responseParameters: mappings,
  }),
  "aws:apigateway/deployment:Deployment": inputs(),
  "aws:apigateway/stage:Stage": inputs({
    stageName: text(128, /^[\w-]+$/),
    accessLogSettings: part({ format: accessLogFormat }),
    variables: z.record(text(64), z.string().max(512)),
  }),
  "aws:apigateway/methodSettings:MethodSettings": inputs({
    settings: part({
      loggingLevel: z.enum(["OFF", "ERROR", "INFO"]),
      throttlingRateLimit: z.number().min(0),
      throttlingBurstLimit: z.int().min(0),
      cacheTtlInSeconds: whole(0, 3_600),
    }),
  }),
  "aws:apigateway/usagePlan:UsagePlan": inputs({
    throttleSettings: part(rates),
    quotaSettings: part({
      limit: z.int().min(0),
      period: z.enum(["DAY", "WEEK", "MONTH"]),
    }),
  }),
  "aws:apigateway/usagePlanKey:UsagePlanKey": inputs({ keyType: z.literal("API_KEY") }),
  "aws:apigateway/apiKey:ApiKey": inputs({ value: text(128, /^.{20}/) }),
};
