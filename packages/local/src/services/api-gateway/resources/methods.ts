/** aws:apigateway: methods, what stands behind them and what they answer. */
import type { RestApis } from "../store/rest-apis.ts";
import * as z from "zod";
import { type AppliedResource, defineResource } from "../../../provider/resource-type.ts";
import { always, replacedWhen } from "../../../provider/removal.ts";
import { methodKeyInputs } from "./keys.ts";

const strings = z.record(z.string(), z.string());
const flags = z.record(z.string(), z.boolean());

const methodKey = Object.keys(methodKeyInputs);
const responseKey = [...methodKey, "statusCode"];

const methodSchema = z.object(methodKeyInputs);
const responseSchema = z.object({ ...methodKeyInputs, statusCode: z.string() });

/** Methods, integrations and the responses of both. */
export const methodResources = (apis: RestApis) => {
  const removeMethod = ({ outputs }: AppliedResource) => {
    const { restApi, ...method } = methodSchema.parse(outputs);
    apis.deleteMethod(restApi, method);
  };
  const removeIntegration = ({ outputs }: AppliedResource) => {
    const { restApi, ...method } = methodSchema.parse(outputs);
    apis.deleteIntegration(restApi, method);
  };
  const removeResponse = ({ outputs }: AppliedResource) => {
    const { restApi, statusCode, ...method } = responseSchema.parse(outputs);
    apis.deleteMethodResponse(restApi, method, statusCode);
  };
  const removeIntegrationResponse = ({ outputs }: AppliedResource) => {
    const { restApi, statusCode, ...method } = responseSchema.parse(outputs);
    apis.deleteIntegrationResponse(restApi, method, statusCode);
  };

  return [
    replacedWhen(
      methodKey,
      defineResource({
        type: "aws:apigateway/method:Method",
        inert: ["operationName"],
        inputs: z.strictObject({
          ...methodKeyInputs,
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
          const id = methodId({ restApi: restApiId, ...inputs });
          return { id, outputs: {} };
        },
        remove: removeMethod,
      }),
    ),
    replacedWhen(
      [...methodKey, "type", "integrationHttpMethod"],
      defineResource({
        type: "aws:apigateway/integration:Integration",
        inputs: z.strictObject({
          ...methodKeyInputs,
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
          const id = methodId({ restApi: restApiId, ...inputs });
          return { id, outputs: {} };
        },
        remove: removeIntegration,
      }),
      always,
    ),
    replacedWhen(
      responseKey,
      defineResource({
        type: "aws:apigateway/methodResponse:MethodResponse",
        inputs: z.strictObject({
          ...methodKeyInputs,
          statusCode: z.string(),
          responseParameters: flags.optional(),
        }),
        apply: ({ restApi: restApiId, ...inputs }) => {
          apis.putMethodResponse({ restApiId, ...inputs });
          const id = responseId({ restApi: restApiId, ...inputs });
          return { id, outputs: {} };
        },
        remove: removeResponse,
      }),
    ),
    replacedWhen(
      responseKey,
      defineResource({
        type: "aws:apigateway/integrationResponse:IntegrationResponse",
        inputs: z.strictObject({
          ...methodKeyInputs,
          statusCode: z.string(),
          selectionPattern: z.string().optional(),
          responseParameters: strings.optional(),
          responseTemplates: strings.optional(),
        }),
        apply: ({ restApi: restApiId, ...inputs }) => {
          apis.putIntegrationResponse({ restApiId, ...inputs });
          const id = responseId({ restApi: restApiId, ...inputs });
          return { id, outputs: {} };
        },
        remove: removeIntegrationResponse,
      }),
    ),
  ];
};

function methodId({ restApi, resourceId, httpMethod }: z.infer<typeof methodSchema>): string {
  return [restApi, resourceId, httpMethod].join("/");
}

function responseId(response: z.infer<typeof responseSchema>): string {
  return `${methodId(response)}/${response.statusCode}`;
}
