/** A method behind a usage plan, and a client with a key of it. */
import type { UsagePlanInput } from "../../../src/services/api-gateway/store/usage-plans.ts";
import { serveOrders } from "./rules.ts";

/** Serves `POST /orders/{id}`, which requires a key; by default the plan is for its stage. */
export function servePlan(plan: UsagePlanInput = {}, accessLogFormat?: string) {
  const served = serveOrders({
    rules: { apiKeyRequired: true },
    ...(accessLogFormat ? { accessLogFormat } : {}),
  });
  const { apis, restApiId, post } = served;
  const apiStages = [{ apiId: restApiId, stage: "local" }];
  const { id: planId } = apis.putUsagePlan({ apiStages, ...plan });
  const addKey = () => {
    const key = apis.putApiKey({});
    apis.putUsagePlanKey({ usagePlanId: planId, keyId: key.id, keyType: "API_KEY" });
    return key;
  };
  const key = addKey();
  const call = async (value: string | undefined = key.value) =>
    (await post("", { "x-api-key": value })).status;
  const calls = async (count: number, value?: string) => {
    const statuses: number[] = [];
    for (let made = 0; made < count; made += 1) statuses.push(await call(value));
    return statuses;
  };
  return { ...served, planId, apiStages, key, addKey, call, calls };
}
