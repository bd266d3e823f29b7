/** aws:apigateway: REST APIs, edited in the gateway's store and served from their deployments. */
import * as z from "zod";
import { defineResource, type AppliedResource } from "../deployment/resource-type.ts";
import { physicalName } from "./physical-name.ts";
import type { Services } from "./services.ts";

const strings = z.record(z.string(), z.string());
const flags = z.record(z.string(), z.boolean());

/** Where a method is; Pulumi says `restApi`, the store `restApiId`. */
const methodPlace = { restApi: z.string(), resourceId: z.string(), httpMethod: z.string() };
const methodPlaceSchema = z.object(methodPlace);

export const apiGatewayResources = (services: Services) => [
  ...apiResources(services),
  ...methodResources(services),
  ...stageResources(services),
];

const apiResources = ({ apis }: Services) => [
  defineResource({
    // The role by which API Gateway writes logs: one for all APIs of an account and region.
    type: "aws:apigateway/account:Account",
    inputs: z.strictObject({ cloudwatchRoleArn: z.string().optional() }),
    apply: () => ({ id: "api-gateway-account", outputs: {} }),
    read: () => ({ cloudwatchRoleArn: "" }),
  }),
  defineResource({
    type: "aws:apigateway/restApi:RestApi",
    inputs: z.strictObject({
      name: z.string().optional(),
      endpointConfiguration: z.object({ types: z.enum(["REGIONAL", "EDGE"]) }).optional(),
      binaryMediaTypes: z.array(z.string()).optional(),
      disableExecuteApiEndpoint: z.boolean().optional(),
    }),
    apply: ({ endpointConfiguration, ...inputs }, { name, previous }) => {
      const { id, ...outputs } = apis.putRestApi({
        ...inputs,
        id: previous?.id,
        name: inputs.name ?? physicalName(name),
        endpointType: endpointConfiguration?.types ?? "EDGE",
      });
      return { id, outputs };
    },
    remove: ({ id }) => apis.deleteRestApi(id),
  }),
  defineResource({
    type: "aws:apigateway/resource:Resource",
    inputs: z.strictObject({ restApi: z.string(), parentId: z.string(), pathPart: z.string() }),
    apply: ({ restApi: restApiId, ...inputs }, { previous }) => {
      const { id, path } = apis.putResource({ restApiId, id: previous?.id, ...inputs });
      return { id, outputs: { path } };
    },
    remove: ({ id, outputs }) => apis.deleteResource(restApiOf(outputs), id),
  }),
  defineResource({
    type: "aws:apigateway/authorizer:Authorizer",
    inputs: z.strictObject({
      restApi: z.string(),
      name: z.string(),
      type: z.string(),
      providerArns: z.array(z.string()).default([]),
      identitySource: z.string().optional(),
      identityValidationExpression: z.string().optional(),
    }),
    apply: ({ restApi: restApiId, ...inputs }, { previous }) => {
      const { id } = apis.putAuthorizer({ restApiId, id: previous?.id, ...inputs });
      return { id, outputs: {} };
    },
    remove: ({ id, outputs }) => apis.deleteAuthorizer(restApiOf(outputs), id),
  }),
  defineResource({
    type: "aws:apigateway/response:Response",
    inputs: z.strictObject({
      restApiId: z.string(),
      responseType: z.string(),
      statusCode: z.string().optional(),
      responseParameters: strings.default({}),
      responseTemplates: strings.default({}),
    }),
    apply: (inputs) => {
      apis.putGatewayResponse(inputs);
      return { id: `${inputs.restApiId}/${inputs.responseType}`, outputs: {} };
    },
    remove: ({ outputs }) => {
      const { restApiId, responseType } = z
        .object({ restApiId: z.string(), responseType: z.string() })
        .parse(outputs);
      apis.deleteGatewayResponse(restApiId, responseType);
    },
  }),
];

const methodResources = ({ apis }: Services) => [
  defineResource({
    type: "aws:apigateway/method:Method",
    inputs: z.strictObject({
      ...methodPlace,
      authorization: z.string(),
      authorizerId: z.string().optional(),
      authorizationScopes: z.array(z.string()).optional(),
      apiKeyRequired: z.boolean().optional(),
      requestValidatorId: z.string().optional(),
      requestModels: strings.optional(),
      requestParameters: flags.optional(),
    }),
    apply: ({ restApi: restApiId, ...inputs }) => {
      apis.putMethod({ restApiId, ...inputs });
      return { id: `${restApiId}/${inputs.resourceId}/${inputs.httpMethod}`, outputs: {} };
    },
    remove: ({ outputs }) => {
      const { restApi, ...method } = methodPlaceSchema.parse(outputs);
      apis.deleteMethod(restApi, method);
    },
  }),
  defineResource({
    type: "aws:apigateway/integration:Integration",
    inputs: z.strictObject({
      ...methodPlace,
      type: z.string(),
      uri: z.string().optional(),
      integrationHttpMethod: z.string().optional(),
      timeoutMilliseconds: z.number().optional(),
      requestTemplates: strings.optional(),
      responseTransferMode: z
        .literal("BUFFERED", "the local cloud buffers responses and does not stream them")
        .optional(),
    }),
    apply: ({ restApi: restApiId, ...inputs }) => {
      apis.putIntegration({ restApiId, ...inputs });
      return { id: `${restApiId}/${inputs.resourceId}/${inputs.httpMethod}`, outputs: {} };
    },
    remove: ({ outputs }) => {
      const { restApi, ...method } = methodPlaceSchema.parse(outputs);
      apis.deleteIntegration(restApi, method);
    },
  }),
  defineResource({
    type: "aws:apigateway/methodResponse:MethodResponse",
    inputs: z.strictObject({
      ...methodPlace,
      statusCode: z.string(),
      responseParameters: flags.optional(),
    }),
    apply: ({ restApi: restApiId, ...inputs }) => {
      apis.putMethodResponse({ restApiId, ...inputs });
      return { id: responseId(restApiId, inputs), outputs: {} };
    },
    remove: ({ outputs }) => {
      const { restApi, statusCode, ...method } = methodResponsePlace.parse(outputs);
      apis.deleteMethodResponse(restApi, method, statusCode);
    },
  }),
  defineResource({
    type: "aws:apigateway/integrationResponse:IntegrationResponse",
    inputs: z.strictObject({
      ...methodPlace,
      statusCode: z.string(),
      selectionPattern: z.string().optional(),
      responseParameters: strings.optional(),
      responseTemplates: strings.optional(),
    }),
    apply: ({ restApi: restApiId, ...inputs }) => {
      apis.putIntegrationResponse({ restApiId, ...inputs });
      return { id: responseId(restApiId, inputs), outputs: {} };
    },
    remove: ({ outputs }) => {
      const { restApi, statusCode, ...method } = methodResponsePlace.parse(outputs);
      apis.deleteIntegrationResponse(restApi, method, statusCode);
    },
  }),
];

const stageResources = ({ apis }: Services) => [
  defineResource({
    // Applied anew when its triggers change, as the provider replaces it.
    type: "aws:apigateway/deployment:Deployment",
    inert: ["triggers"],
    inputs: z.strictObject({ restApi: z.string() }),
    apply: ({ restApi: restApiId }) => ({ id: apis.deploy({ restApiId }).id, outputs: {} }),
    remove: ({ id }) => apis.deleteDeployment(id),
  }),
  defineResource({
    type: "aws:apigateway/stage:Stage",
    inputs: z.strictObject({
      restApi: z.string(),
      stageName: z.string(),
      deployment: z.string(),
      variables: strings.optional(),
      accessLogSettings: z.object({ destinationArn: z.string(), format: z.string() }).optional(),
      xrayTracingEnabled: z.boolean().optional(),
    }),
    apply: ({ restApi: restApiId, deployment: deploymentId, ...inputs }, { previous }) => {
      const outputs = apis.putStage({ restApiId, deploymentId, ...inputs });
      const replaced = z.string().safeParse(previous?.outputs["deployment"]).data;
      if (replaced !== undefined && replaced !== deploymentId) apis.deleteDeployment(replaced);
      return { id: `ags-${restApiId}-${inputs.stageName}`, outputs };
    },
    remove: ({ outputs }) => {
      const { restApi, stageName } = stagePlace.parse(outputs);
      apis.deleteStage(restApi, stageName);
    },
  }),
  defineResource({
    type: "aws:apigateway/methodSettings:MethodSettings",
    inputs: z.strictObject({
      restApi: z.string(),
      stageName: z.string(),
      methodPath: z.string(),
      settings: z.object({
        throttlingRateLimit: z.number().optional(),
        throttlingBurstLimit: z.int().optional(),
      }),
    }),
    apply: ({ restApi: restApiId, ...inputs }) => {
      apis.putMethodSettings({ restApiId, ...inputs });
      return { id: `${restApiId}-${inputs.stageName}-${inputs.methodPath}`, outputs: {} };
    },
    remove: ({ outputs }) => {
      const { restApi, stageName, methodPath } = stagePlace
        .extend({ methodPath: z.string() })
        .parse(outputs);
      apis.deleteMethodSettings(restApi, stageName, methodPath);
    },
  }),
];

const methodResponsePlace = z.object({ ...methodPlace, statusCode: z.string() });
const stagePlace = z.object({ restApi: z.string(), stageName: z.string() });

function restApiOf(outputs: AppliedResource["outputs"]): string {
  return z.string().parse(outputs["restApi"]);
}

function responseId(
  restApiId: string,
  {
    resourceId,
    httpMethod,
    statusCode,
  }: { resourceId: string; httpMethod: string; statusCode: string },
): string {
  return [restApiId, resourceId, httpMethod, statusCode].join("/");
}
