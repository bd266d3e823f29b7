/** Each control of the API removed, and the rule that detects it. */
import { routeRows } from "@secure-lambda/functions/contract";
import { drop, edit, editInput, type Mutation, type MutationRow } from "./mutate.ts";

const API = "aws:apigateway/restApi:RestApi";
const METHOD = "aws:apigateway/method:Method";
const AUTHORIZER = "aws:apigateway/authorizer:Authorizer";
const RESPONSE = "aws:apigateway/response:Response";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";

/** The name of a method that takes a body. */
export const withBody = `ApiRoute${routeRows.find(({ request }) => request.json)?.name}Method`;

/** Has the first method take the tokens of another pool's users. */
const swapPools: Mutation = (graph) => {
  const { inputs } = graph.find(({ type }) => type === METHOD) ?? {};
  const other = graph.find(
    ({ type, id }) => type === AUTHORIZER && id !== inputs?.["authorizerId"],
  );
  return edit(METHOD, ["authorizerId"], other?.id)(graph);
};

/** Rewrites whose tokens ExternalLambda trusts. */
const trusting = (rewrite: (pools: string) => string) =>
  editInput("aws:lambda/function:Function", "environment", rewrite, "ExternalLambdaFunction");

export const apiMutations: readonly MutationRow[] = [
  ["a route's user pool, for that of another route", swapPools, "methods-need-a-token"],
  [
    "the routes of the contract as the only ones",
    edit(METHOD, ["httpMethod"], "ANY"),
    "methods-need-a-token",
  ],
  [
    "the user pools that a function trusts, for each other's",
    trusting((pools) =>
      pools.replace(/\\"([12])\\":/g, (_, number) => String.raw`\"${3 - Number(number)}\":`),
    ),
    "methods-need-a-token",
  ],
  [
    "the client that a function trusts, for one of strangers",
    trusting((pools) => pools.replace(/(clientId[\\": ]+)\w+/, "$1stranger")),
    "methods-need-a-token",
  ],
  [
    "a method's authorization",
    edit(METHOD, ["authorization"], "NONE", withBody),
    "methods-need-a-token",
  ],
  [
    "a method's authorizer",
    edit(METHOD, ["authorizerId"], undefined, withBody),
    "methods-need-a-token",
  ],
  ["the API's TLS policy", edit(API, ["securityPolicy"], undefined), "apis-need-modern-tls"],
  [
    "the API's TLS policy, for one with ciphers without forward secrecy",
    edit(API, ["securityPolicy"], "SecurityPolicy_TLS13_1_2_2021_06"),
    "apis-need-modern-tls",
  ],
  [
    "the API's strict endpoint access mode",
    edit(API, ["endpointAccessMode"], "BASIC"),
    "apis-need-modern-tls",
  ],
  [
    "the API as a regional one, which these policies are for",
    edit(API, ["endpointConfiguration", "types"], "EDGE"),
    "apis-need-modern-tls",
  ],
  [
    "the methods of this app, for those of an older deployment",
    edit("aws:apigateway/stage:Stage", ["deployment"], "older"),
    "methods-need-a-token",
  ],
  ["the authorizers", drop(AUTHORIZER), "methods-need-a-token"],
  ["an authorizer's user pool", edit(AUTHORIZER, ["providerArns"], []), "methods-need-a-token"],
  [
    "an authorizer's TTL of 0",
    edit(AUTHORIZER, ["authorizerResultTtlInSeconds"], 300),
    "methods-need-a-token",
  ],
  [
    "an authorizer's audience",
    edit(AUTHORIZER, ["identityValidationExpression"], undefined),
    "methods-need-a-token",
  ],
  [
    "an authorizer's audience, for that of any client",
    edit(AUTHORIZER, ["identityValidationExpression"], ".*"),
    "methods-need-a-token",
  ],
  ["a method's model", edit(METHOD, ["requestModels"], {}, withBody), "requests-are-validated"],
  [
    "the validator",
    drop("aws:apigateway/requestValidator:RequestValidator"),
    "requests-are-validated",
  ],
  ["the throttle", drop(SETTINGS), "stages-throttle"],
  ["the burst", edit(SETTINGS, ["settings", "throttlingBurstLimit"], undefined), "stages-throttle"],
  [
    "the exact CORS origin",
    edit(
      RESPONSE,
      ["responseParameters", "gatewayresponse.header.Access-Control-Allow-Origin"],
      "'*'",
    ),
    "no-cors-wildcard",
  ],
  [
    "the TLS of the CORS origin",
    edit(
      RESPONSE,
      ["responseParameters", "gatewayresponse.header.Access-Control-Allow-Origin"],
      "'http://localhost:8080'",
    ),
    "cors-origins-are-secure",
  ],
  [
    "a security header",
    edit(
      RESPONSE,
      ["responseParameters", "gatewayresponse.header.Content-Security-Policy"],
      undefined,
    ),
    "errors-carry-security-headers",
  ],
  ["the customized gateway responses", drop(RESPONSE), "errors-carry-security-headers"],
  [
    "the fixed text of errors",
    edit(RESPONSE, ["responseTemplates"], {
      "application/json": "$context.error.validationErrorString",
    }),
    "errors-quote-nothing",
  ],
  [
    "the text of errors, for API Gateway's own",
    edit(RESPONSE, ["responseTemplates"], undefined),
    "errors-quote-nothing",
  ],
  [
    "the statuses of failed integrations",
    edit(RESPONSE, ["responseType"], "INTEGRATION_FAILURE"),
    "errors-keep-their-status",
  ],
  [
    "the statuses of a class of errors",
    edit(RESPONSE, ["statusCode"], "400", "GatewayResponseDEFAULT_4XX"),
    "errors-keep-their-status",
  ],
];
