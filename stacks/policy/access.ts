/** Rules about requests: authorization, validation and throttling. */
import * as z from "zod";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";

/** A method's inputs, as far as rules and the rehearsal's summary read them. */
export const methodSchema = z.object({
  restApi: z.string(),
  resourceId: z.string(),
  httpMethod: z.string(),
  authorization: z.string(),
  authorizerId: z.string().optional(),
  apiKeyRequired: z.boolean().optional(),
  requestValidatorId: z.string().optional(),
  requestModels: z.record(z.string(), z.string()).default({}),
});
type Method = z.infer<typeof methodSchema>;

const METHOD = "aws:apigateway/method:Method";

const methodsNeedToken = ruleFor("methods-need-a-token", METHOD, methodSchema, (method, graph) =>
  unless(
    isPreflight(method, graph) ||
      (method.authorization === "COGNITO_USER_POOLS" &&
        hasId(graph, "aws:apigateway/authorizer:Authorizer", method.authorizerId)),
    `is open: ${method.httpMethod} must have a Cognito authorizer`,
  ),
);

const apisImportNothing = ruleFor(
  "methods-need-a-token",
  "aws:apigateway/restApi:RestApi",
  z.object({ body: z.unknown().optional() }),
  ({ body }) => unless(body === undefined, "must import no definition: no rule sees its methods"),
);

/** The provider's default. */
const AUTHORIZATION = "method.request.header.Authorization";

const authorizersHavePools = ruleFor(
  "methods-need-a-token",
  "aws:apigateway/authorizer:Authorizer",
  z.object({
    type: z.string(),
    providerArns: z.array(z.string()).default([]),
    authorizerResultTtlInSeconds: z.number().optional(),
    identityValidationExpression: z.string().optional(),
    identitySource: z.string().default(AUTHORIZATION),
  }),
  (
    {
      type,
      providerArns,
      authorizerResultTtlInSeconds,
      identityValidationExpression,
      ...authorizer
    },
    graph,
  ) => [
    ...unless(
      authorizer.identitySource === AUTHORIZATION,
      "must take tokens in Authorization: logs and limits know no other header",
    ),
    ...unless(
      type === "COGNITO_USER_POOLS" && providerArns.length === 1,
      "must validate tokens of exactly one user pool",
    ),
    ...unless(authorizerResultTtlInSeconds === 0, "must cache no decision: its TTL must be 0"),
    ...unless(
      clientsOf(graph, providerArns).some((id) => identityValidationExpression === `^${id}$`),
      "must accept the tokens of exactly one client of its user pool, as their audience",
    ),
  ],
);

/** The ids of the clients of user pools. */
function clientsOf(graph: Graph, poolArns: readonly unknown[]) {
  const pools = allOf(graph, "aws:cognito/userPool:UserPool")
    .filter(({ outputs }) => poolArns.includes(outputs["arn"]))
    .map(({ id }) => id);
  return allOf(graph, "aws:cognito/userPoolClient:UserPoolClient")
    .filter(({ inputs }) => pools.some((id) => id === inputs["userPoolId"]))
    .map(({ id }) => id);
}

const requestsAreValidated = ruleFor(
  "requests-are-validated",
  METHOD,
  methodSchema,
  (method, graph) =>
    unless(
      isPreflight(method, graph) || validates(method, graph),
      takesBody(method) ? "must validate JSON bodies with a model" : "must validate its parameters",
    ),
);

/** An older one has the methods and authorizers of its day. */
const stagesServeThisApp = ruleFor(
  "methods-need-a-token",
  "aws:apigateway/stage:Stage",
  z.object({ deployment: z.string() }),
  ({ deployment }, graph) =>
    unless(
      hasId(graph, "aws:apigateway/deployment:Deployment", deployment),
      "must serve the deployment of this app, whose methods the rules have seen",
    ),
);

const stagesThrottle = ruleFor(
  "stages-throttle",
  "aws:apigateway/stage:Stage",
  z.object({ restApi: z.string(), stageName: z.string() }),
  (stage, graph) =>
    unless(
      allOf(graph, "aws:apigateway/methodSettings:MethodSettings").some(
        ({ inputs }) => throttle.extend(literals(stage)).safeParse(inputs).success,
      ),
      "must limit the rate (at most 10,000) and the burst (at most 5,000) of every method",
    ),
);

/** At most the account's own limits, above which it has no effect (documented: APIGW/limits). */
const limited = z.object({
  settings: z.object({
    throttlingRateLimit: z.number().positive().max(10_000),
    throttlingBurstLimit: z.number().positive().max(5_000),
  }),
});
const throttle = limited.extend({ methodPath: z.literal("*/*") });

/** Settings of one method overrule those of the stage, the limits that they leave out included. */
const methodsThrottle = ruleFor(
  "stages-throttle",
  "aws:apigateway/methodSettings:MethodSettings",
  z.looseObject({}),
  (settings) =>
    unless(
      limited.safeParse(settings).success,
      "must limit the rate (at most 10,000) and the burst (at most 5,000)",
    ),
);

const literals = ({ restApi, stageName }: { restApi: string; stageName: string }) => ({
  restApi: z.literal(restApi),
  stageName: z.literal(stageName),
});

/** CORS preflight: an `OPTIONS` method with a mock integration; browsers send no token with it. */
function isPreflight({ restApi, resourceId, httpMethod }: Method, graph: Graph): boolean {
  if (httpMethod !== "OPTIONS") return false;
  const ofMethod = z.object({
    restApi: z.literal(restApi),
    resourceId: z.literal(resourceId),
    httpMethod: z.literal(httpMethod),
  });
  const types = allOf(graph, "aws:apigateway/integration:Integration")
    .filter(({ inputs }) => ofMethod.safeParse(inputs).success)
    .map(({ inputs }) => inputs["type"]);
  return types.length > 0 && types.every((type) => type === "MOCK");
}

/** Methods whose requests have content with a meaning (RFC 9110, 9.3; RFC 5789). */
const takesBody = ({ httpMethod }: Method) => ["PATCH", "POST", "PUT", "ANY"].includes(httpMethod);

/** Whether a validator checks what a method takes: a body by its model, else the parameters. */
function validates(method: Method, graph: Graph): boolean {
  const what = takesBody(method) ? "validateRequestBody" : "validateRequestParameters";
  return (
    (!takesBody(method) || hasModel(method, graph)) &&
    allOf(graph, "aws:apigateway/requestValidator:RequestValidator").some(
      ({ id, inputs }) => id === method.requestValidatorId && inputs[what] === true,
    )
  );
}

/** One of this app: every API has models `Empty` and `Error` of AWS (recorded: model.ts of aws/aws-cdk). */
const hasModel = ({ restApi, requestModels }: Method, graph: Graph) =>
  allOf(graph, "aws:apigateway/model:Model").some(
    ({ inputs }) =>
      inputs["restApi"] === restApi && inputs["name"] === requestModels["application/json"],
  );

const hasId = (graph: Graph, type: string, id: string | undefined) =>
  id !== undefined && allOf(graph, type).some((resource) => resource.id === id);

/** Every rule about requests. */
export const accessRules = [
  methodsNeedToken,
  apisImportNothing,
  authorizersHavePools,
  stagesServeThisApp,
  requestsAreValidated,
  stagesThrottle,
  methodsThrottle,
];
