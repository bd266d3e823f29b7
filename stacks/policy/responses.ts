/** Rules about API Gateway's own responses. */
import { securityHeaders } from "@secure-lambda/functions/contract";
import * as z from "zod";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";

const parametersSchema = z.object({
  responseParameters: z.record(z.string(), z.unknown()).default({}),
});

const withParameters = [
  "aws:apigateway/response:Response",
  "aws:apigateway/integrationResponse:IntegrationResponse",
];

const noCorsWildcard = withParameters.map((type) =>
  ruleFor("no-cors-wildcard", type, parametersSchema, ({ responseParameters }) =>
    Object.entries(responseParameters)
      .filter(([header, value]) => /access-control-/i.test(header) && String(value).includes("*"))
      .map(([header, value]) => `sends ${header}: ${String(value)}`),
  ),
);

/** A page without TLS could be anyone's on its way, or any program's that has the port. */
const corsOriginsAreSecure = withParameters.map((type) =>
  ruleFor("cors-origins-are-secure", type, parametersSchema, ({ responseParameters }, graph) =>
    Object.entries(responseParameters)
      .filter(([header]) => /access-control-allow-origin$/i.test(header))
      .filter(([, value]) => !String(value).startsWith("'https:") && !isLocal(graph))
      .map(([header, value]) => `sends ${header}: ${String(value)}, which must be an https origin`),
  ),
);

/** Stage `local` runs on one machine, pages and API; `npm run deploy` refuses its name. */
const isLocal = (graph: Graph) =>
  allOf(graph, "aws:apigateway/stage:Stage").some(({ inputs }) => inputs["stageName"] === "local");

const headersOfErrors = { ...securityHeaders, "Content-Type": "application/problem+json" };

const errorsCarryHeaders = ruleFor(
  "errors-carry-security-headers",
  "aws:apigateway/response:Response",
  parametersSchema,
  ({ responseParameters }) =>
    Object.entries(headersOfErrors)
      .map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`] as const)
      .filter(([header, value]) => responseParameters[header] !== value)
      .map(([header, value]) => `must send ${header}: ${value}`),
);

const errorsQuoteNothing = ruleFor(
  "errors-quote-nothing",
  "aws:apigateway/response:Response",
  parametersSchema.extend({ responseTemplates: z.record(z.string(), z.string()).default({}) }),
  ({ responseParameters, responseTemplates }) => [
    ...unless(
      responseTemplates["application/json"] !== undefined,
      "must have a text of its own: API Gateway's can quote an Authorization header",
    ),
    ...Object.entries(responseParameters)
      .filter(([, value]) => !/^'[^']*'$/.test(String(value)))
      .map(([header, value]) => `must send fixed headers, and not ${header}: ${String(value)}`),
    ...unless(
      !/\$context\.(?!requestId\b)|\$input|\$stageVariables/.test(
        JSON.stringify(responseTemplates),
      ),
      "must contain only fixed text and the request id: other variables quote the request",
    ),
  ],
);

/** Response types for errors of several statuses, which keep theirs only if none is set. */
const ofSeveralStatuses = ["DEFAULT_4XX", "DEFAULT_5XX"];

const errorsKeepTheirStatus = ruleFor(
  "errors-keep-their-status",
  "aws:apigateway/response:Response",
  z.object({ responseType: z.string(), statusCode: z.string().optional() }),
  ({ responseType, statusCode }) => [
    // Reported: REPOST-QUESTION/QUL-z6rJbmR4meafB7MzYXxw.
    ...unless(
      responseType !== "INTEGRATION_FAILURE",
      "must not be: it turns the status 500 of a throttled function into 504",
    ),
    ...unless(
      statusCode === undefined || !ofSeveralStatuses.includes(responseType),
      `must name no status: every error of ${responseType} would have ${statusCode}`,
    ),
  ],
);

const defaultsAreCustomized = ruleFor(
  "errors-carry-security-headers",
  "aws:apigateway/restApi:RestApi",
  z.unknown(),
  (_, graph, { id }) =>
    ["DEFAULT_4XX", "DEFAULT_5XX"]
      .filter(
        (responseType) =>
          !allOf(graph, "aws:apigateway/response:Response").some(
            ({ inputs }) => inputs["restApiId"] === id && inputs["responseType"] === responseType,
          ),
      )
      .map((responseType) => `must have a gateway response for ${responseType}`),
);

/** Every rule about API Gateway's own responses. */
export const responseRules = [
  ...noCorsWildcard,
  ...corsOriginsAreSecure,
  errorsCarryHeaders,
  errorsQuoteNothing,
  errorsKeepTheirStatus,
  defaultsAreCustomized,
];
