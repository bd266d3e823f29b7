/** aws:apigateway: what bodies look like, and which parts of a request are checked. */
import type { RestApis } from "../store/rest-apis.ts";
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import { restApiOf } from "./keys.ts";

/** Models and request validators. */
export const validationResources = (apis: RestApis) => [
  replacedWhen(
    ["restApi", "name", "contentType"],
    defineResource({
      // The method says which content type a model is for, not the model.
      type: "aws:apigateway/model:Model",
      inert: ["contentType", "description"],
      inputs: z.strictObject({
        restApi: z.string(),
        name: z.string(),
        schema: z.string().optional(),
      }),
      apply: ({ restApi: restApiId, ...inputs }, { previous }) => {
        const { id } = apis.putModel({ restApiId, id: previous?.id, ...inputs });
        return { id, outputs: {} };
      },
      remove: ({ id, outputs }) => apis.deleteModel(restApiOf(outputs), id),
    }),
  ),
  replacedWhen(
    ["restApi"],
    defineResource({
      type: "aws:apigateway/requestValidator:RequestValidator",
      inert: ["name"],
      inputs: z.strictObject({
        restApi: z.string(),
        validateRequestBody: z.boolean().optional(),
        validateRequestParameters: z.boolean().optional(),
      }),
      apply: ({ restApi: restApiId, ...inputs }, { previous }) => {
        const { id } = apis.putRequestValidator({ restApiId, id: previous?.id, ...inputs });
        return { id, outputs: {} };
      },
      remove: ({ id, outputs }) => apis.deleteRequestValidator(restApiOf(outputs), id),
    }),
  ),
];
