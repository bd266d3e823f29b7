/** aws:apigateway: REST APIs, edited in the gateway's store and served from their deployments. */
import type { RestApis } from "../store/rest-apis.ts";
import { apiResources } from "./api.ts";
import { methodResources } from "./methods.ts";
import { stageResources } from "./stages.ts";
import { usageResources } from "./usage.ts";
import { validationResources } from "./validation.ts";

/** Every resource type of API Gateway that the local cloud supports. */
export const apiGatewayResources = (apis: RestApis) => [
  ...apiResources(apis),
  ...validationResources(apis),
  ...methodResources(apis),
  ...stageResources(apis),
  ...usageResources(apis),
];
