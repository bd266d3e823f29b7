/** Request validation at API Gateway: JSON bodies must match their model, parameters must be there. */
import type { RequestInputs } from "@secure-lambda/functions/contract";
import { requestModels, requestModelSchema, requestParameters } from "./request-model.ts";

/**
 * Creates the models and the validator that checks JSON bodies and parameters. API Gateway does not
 * validate bodies of other content types; the function rejects them with 415.
 */
export function createRequestValidation(api: sst.aws.ApiGatewayV1) {
  const restApi = api.nodes.api.id;
  const models = new Map(
    [...requestModels].map(([name, body]) => [
      name,
      new aws.apigateway.Model(name, {
        restApi,
        name,
        contentType: "application/json",
        schema: requestModelSchema(body),
      }),
    ]),
  );
  const validator = new aws.apigateway.RequestValidator("RequestValidator", {
    restApi,
    name: "body-and-parameters",
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  return {
    /** What a method that takes these inputs validates. */
    of(inputs: RequestInputs) {
      const model = inputs.json && models.get(inputs.json.model);
      const parameters = requestParameters(inputs);
      return {
        requestValidatorId: validator.id,
        ...(model && { requestModels: { "application/json": model.name } }),
        ...(Object.keys(parameters).length > 0 && { requestParameters: parameters }),
      };
    },
  };
}

/** The validation of requests. */
export type RequestValidation = ReturnType<typeof createRequestValidation>;
