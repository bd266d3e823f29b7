/** What the API lets through to the function: JSON bodies that fit the request model. */
import type { SnapshotPart } from "./deployment.ts";
import { requestModelSchema } from "./request-model.ts";

/**
 * Creates the model and the validator that holds JSON bodies against it. A body of another type
 * passes here, and the function refuses it with 415.
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
  const snapshot: SnapshotPart[] = [
    { resource: model, definition: model.schema },
    { resource: validator, definition: validator.name },
  ];
  return { model, validator, snapshot };
}
