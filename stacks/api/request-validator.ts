/** Request validation at API Gateway: JSON bodies must match the request model. */
import { requestModelSchema } from "./request-model.ts";

/**
 * Creates the model and the validator that checks JSON bodies. API Gateway does not validate bodies
 * of other content types; the function rejects them with 415.
 */
export function createRequestModel(api: sst.aws.ApiGatewayV1) {
  const restApi = api.nodes.api.id;
  const model = new aws.apigateway.Model("GreetRequest", {
    restApi,
    name: "GreetRequest",
    contentType: "application/json",
    schema: requestModelSchema(),
  });
  const validator = new aws.apigateway.RequestValidator("RequestValidator", {
    restApi,
    name: "body-and-parameters",
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  return { model, validator };
}
