/** An API with one method, `POST /orders/{id}`, that has request rules. */
import type { MethodInput } from "../../../src/services/api-gateway/store/methods.ts";
import { createHarness, deploy, type MethodSketch } from "./gateway-harness.ts";

/** The model of LocalStack test_api_gateway_request_validator. */
export const numbersSchema = {
  $schema: "http://json-schema.org/draft-04/schema#",
  title: "numbers",
  type: "object",
  properties: { a: { type: "number" }, b: { type: "number" } },
  required: ["a", "b"],
};

type Rules = Partial<MethodInput>;
type Harness = ReturnType<typeof createHarness>;
type Api = ReturnType<typeof deploy>;

/** The settings of the method. */
export interface Sketch extends Pick<MethodSketch, "pools"> {
  rules?: Rules;
  validator?: { validateRequestBody?: boolean; validateRequestParameters?: boolean };
  /** Schemas by the name of their model. */
  models?: Record<string, object>;
  accessLogFormat?: string;
}

/** Serves the method as the stage `local`; `redeploy` serves the API with later changes. */
export function serveOrders({ rules = {}, validator, models = {}, ...sketch }: Sketch = {}) {
  const harness = createHarness();
  const { apis } = harness;
  const { pools, ...settings } = sketch;
  const api = deploy(
    harness,
    [{ path: "/orders/{id}", method: "POST", ...(pools ? { pools } : {}) }],
    settings,
  );
  const modelIds = Object.entries(models).map(([name, schema]) => {
    const { id } = apis.putModel({ restApiId: api.id, name, schema: JSON.stringify(schema) });
    return [name, id] as const;
  });
  const requestValidatorId =
    validator && apis.putRequestValidator({ restApiId: api.id, ...validator }).id;

  const putRules = (changed: Rules) => {
    apis.putMethod({
      restApiId: api.id,
      resourceId: api.resourceIdOf("/orders/{id}"),
      httpMethod: "POST",
      authorization: "NONE",
      requestValidatorId,
      ...changed,
    });
  };
  if (!pools) putRules(rules);
  redeploy(harness, api, settings.accessLogFormat);
  return {
    ...harness,
    restApiId: api.id,
    modelIds: Object.fromEntries(modelIds),
    requestValidatorId,
    putRules,
    redeploy: () => {
      redeploy(harness, api, settings.accessLogFormat);
    },
    post: (body: string, headers: Record<string, string> = {}, path = "/orders/7") =>
      harness.send(path, { method: "POST", body, headers }),
  };
}

function redeploy({ apis }: Harness, { id: restApiId }: Api, format: string | undefined): void {
  const { id: deploymentId } = apis.deploy({ restApiId });
  apis.putStage({
    restApiId,
    stageName: "local",
    deploymentId,
    accessLogSettings: format ? { destinationArn: "arn:log-group", format } : undefined,
  });
}
