/** aws:apigateway: API keys and usage plans. */
import type { RestApis } from "../store/rest-apis.ts";
import * as z from "zod";
import { replacedWhen } from "../../../provider/removal.ts";
import { defineResource } from "../../../provider/resource-type.ts";
import { nameOf } from "../../../provider/physical-name.ts";

const throttle = {
  rateLimit: z.number().min(0).optional(),
  burstLimit: z.int().min(0).optional(),
};

const usagePlanInputs = z.strictObject({
  name: z.string().optional(),
  apiStages: z
    .array(
      z.strictObject({
        apiId: z.string(),
        stage: z.string(),
        throttles: z.array(z.strictObject({ path: z.string(), ...throttle })).optional(),
      }),
    )
    .optional(),
  throttleSettings: z.strictObject(throttle).optional(),
  quotaSettings: z
    .strictObject({
      limit: z.int().min(0),
      offset: z.int().optional(),
      period: z.enum(["DAY", "WEEK", "MONTH"]),
    })
    .optional(),
});

const usagePlanKeyPlace = z.object({ usagePlanId: z.string(), keyId: z.string() });

/** API keys, usage plans, and which key is in which plan. */
export const usageResources = (apis: RestApis) => [
  defineResource({
    type: "aws:apigateway/apiKey:ApiKey",
    inert: ["customerId", "description"],
    inputs: z.strictObject({
      name: z.string().optional(),
      value: z.string().optional(),
      enabled: z.boolean().optional(),
    }),
    apply: ({ name, ...inputs }, context) => {
      const { id, ...outputs } = apis.putApiKey({ id: context.previous?.id, ...inputs });
      return { id, outputs: { ...outputs, name: nameOf(name, context) } };
    },
    remove: ({ id }) => apis.deleteApiKey(id),
  }),
  defineResource({
    type: "aws:apigateway/usagePlan:UsagePlan",
    inert: ["description", "productCode"],
    inputs: usagePlanInputs,
    apply: ({ name, ...inputs }, context) => {
      const { id, arn } = apis.putUsagePlan({ id: context.previous?.id, ...inputs });
      return { id, outputs: { arn, name: nameOf(name, context) } };
    },
    remove: ({ id }) => apis.deleteUsagePlan(id),
  }),
  replacedWhen(
    ["usagePlanId", "keyId", "keyType"],
    defineResource({
      type: "aws:apigateway/usagePlanKey:UsagePlanKey",
      inputs: z.strictObject({ ...usagePlanKeyPlace.shape, keyType: z.string() }),
      apply: (inputs) => ({ id: inputs.keyId, outputs: apis.putUsagePlanKey(inputs) }),
      remove: ({ outputs }) => {
        const { usagePlanId, keyId } = usagePlanKeyPlace.parse(outputs);
        apis.deleteUsagePlanKey(usagePlanId, keyId);
      },
    }),
  ),
];
