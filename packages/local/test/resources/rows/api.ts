/** A REST API: its paths, methods and answers. */
import { account } from "../declarations.ts";
import type { Made, Row } from "./row.ts";

const schema = (type: string) =>
  JSON.stringify({ $schema: "http://json-schema.org/draft-04/schema#", type });

const methodPlace = (made: Made) => ({
  restApi: made.id("Api"),
  resourceId: made.id("Resource"),
  httpMethod: "POST",
});

export const api: Row[] = [
  {
    type: "aws:apigateway/account:Account",
    name: "Account",
    inputs: (made) => ({ cloudwatchRoleArn: made.output("Role", "arn") }),
    change: () => ({ cloudwatchRoleArn: `arn:aws:iam::${account}:role/another` }),
  },
  {
    type: "aws:apigateway/restApi:RestApi",
    name: "Api",
    inputs: () => ({ endpointConfiguration: { types: "REGIONAL" } }),
    change: () => ({ binaryMediaTypes: ["image/png"] }),
  },
  {
    type: "aws:apigateway/resource:Resource",
    name: "Resource",
    inputs: (made) => ({
      restApi: made.id("Api"),
      parentId: made.output("Api", "rootResourceId"),
      pathPart: "one",
    }),
    change: () => ({ pathPart: "another" }),
  },
  {
    type: "aws:apigateway/authorizer:Authorizer",
    name: "Authorizer",
    inputs: (made) => ({
      restApi: made.id("Api"),
      name: "authorizer",
      type: "COGNITO_USER_POOLS",
      providerArns: [made.output("UserPool", "arn")],
    }),
    change: () => ({ identitySource: "method.request.header.Token" }),
  },
  {
    type: "aws:apigateway/model:Model",
    name: "Model",
    inputs: (made) => ({
      restApi: made.id("Api"),
      name: "Model",
      contentType: "application/json",
      schema: schema("object"),
    }),
    change: () => ({ schema: schema("array") }),
  },
  {
    type: "aws:apigateway/requestValidator:RequestValidator",
    name: "Validator",
    inputs: (made) => ({ restApi: made.id("Api"), name: "body", validateRequestBody: true }),
    change: () => ({ validateRequestParameters: true }),
  },
  {
    type: "aws:apigateway/method:Method",
    name: "Method",
    inputs: (made) => ({
      ...methodPlace(made),
      authorization: "COGNITO_USER_POOLS",
      authorizerId: made.id("Authorizer"),
      requestValidatorId: made.id("Validator"),
      requestModels: { "application/json": "Model" },
    }),
    change: () => ({ requestParameters: { "method.request.header.X": true } }),
  },
  {
    type: "aws:apigateway/integration:Integration",
    name: "Integration",
    inputs: (made) => ({
      ...methodPlace(made),
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: made.output("Function", "invokeArn"),
    }),
    change: () => ({ timeoutMilliseconds: 5000 }),
  },
  {
    type: "aws:apigateway/methodResponse:MethodResponse",
    name: "MethodResponse",
    inputs: (made) => ({ ...methodPlace(made), statusCode: "200" }),
    change: () => ({ responseParameters: { "method.response.header.X": true } }),
  },
  {
    type: "aws:apigateway/integrationResponse:IntegrationResponse",
    name: "IntegrationResponse",
    inputs: (made) => ({ ...methodPlace(made), statusCode: "200" }),
    change: () => ({ responseParameters: { "method.response.header.X": "'y'" } }),
  },
  {
    type: "aws:apigateway/response:Response",
    name: "GatewayResponse",
    inputs: (made) => ({ restApiId: made.id("Api"), responseType: "UNAUTHORIZED" }),
    change: () => ({ statusCode: "403" }),
  },
];
