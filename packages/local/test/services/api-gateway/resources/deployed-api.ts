/** API Gateway's resource types over a store and a gateway that serves it. */
import { createDeployments } from "../../../../src/deployments/deployments.ts";
import type { Registration } from "../../../../src/deployments/protocol.ts";
import { apiGatewayResources } from "../../../../src/services/api-gateway/resources/api-gateway.ts";
import { createHarness, functionArn, invokeUri } from "../gateway-harness.ts";

/** A resource as `TYPE NAME`, the type without its module, its inputs, and its options. */
export type Declared = [resource: string, inputs: (of: Outputs) => object, options?: Options];

/** What a program says of a resource beside its inputs. */
export type Options = Partial<Pick<Registration, "deleteBeforeReplace" | "dependencies">>;

/** What a program can refer to: the outputs of what it has registered so far. */
export type Outputs = (resource: string, property?: string) => string;

/** Creates an account to deploy programs to; each deployment ends with the removal of leftovers. */
export function createAccount() {
  const harness = createHarness();
  const deployments = createDeployments(apiGatewayResources(harness.apis), () => ({}));

  /** Applies the resources in order; a function of outputs gives the inputs. */
  async function deploy(program: readonly Declared[]) {
    const applied = new Map<string, { operation: string; id: string; outputs: object }>();
    const of: Outputs = (resource, property = "id") => {
      const { id = "", outputs = {} } = applied.get(resource) ?? {};
      const values: Record<string, unknown> = { ...outputs, id };
      return String(values[property]);
    };
    deployments.begin("local");
    for (const [resource, inputs, options] of program) {
      const { type, name, urn } = identify(resource);
      const registration = {
        urn,
        type,
        name,
        parent: "",
        custom: true,
        ignoreChanges: [],
        dependencies: {},
        dependsOn: [],
        inputs: { ...inputs(of) },
        ...options,
      };
      applied.set(resource, await deployments.apply(registration));
    }
    await deployments.complete();
    return { of, operations: [...applied.values()].map(({ operation }) => operation) };
  }

  return { ...harness, deployments, deploy };
}

function identify(resource: string) {
  const [kind = "", name = ""] = resource.split(" ");
  const type = `aws:apigateway/${kind[0]?.toLowerCase()}${kind.slice(1)}:${kind}`;
  return { type, name, urn: `urn:pulumi:local::app::${type}::${name}` };
}

/** The URN of a resource that is named `TYPE NAME`. */
export const urnOf = (resource: string): string => identify(resource).urn;

const method = (of: Outputs) => ({
  restApi: of("RestApi Api"),
  resourceId: of("Resource Orders"),
  httpMethod: "POST",
});

/** The whole of an API with one method, and what a test changes of it. */
export function ordersProgram(
  changes: { [resource: string]: object | undefined } = {},
  options: Readonly<Record<string, Options>> = {},
): Declared[] {
  const program: Declared[] = [
    ["RestApi Api", () => ({ endpointConfiguration: { types: "REGIONAL" }, description: "d" })],
    [
      "Resource Orders",
      (of) => ({
        restApi: of("RestApi Api"),
        parentId: of("RestApi Api", "rootResourceId"),
        pathPart: "orders",
      }),
    ],
    [
      "Model Order",
      (of) => ({
        restApi: of("RestApi Api"),
        name: "Order",
        contentType: "application/json",
        schema: '{"type":"object","required":["a"]}',
      }),
    ],
    [
      "RequestValidator Validator",
      (of) => ({ restApi: of("RestApi Api"), name: "body", validateRequestBody: true }),
    ],
    [
      "Method Post",
      (of) => ({
        ...method(of),
        authorization: "NONE",
        apiKeyRequired: true,
        requestValidatorId: of("RequestValidator Validator"),
        requestModels: { "application/json": of("Model Order", "name") },
        operationName: "PostOrder",
      }),
    ],
    [
      "Integration Post",
      (of) => ({
        ...method(of),
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri: invokeUri(functionArn),
      }),
    ],
    [
      "Response Errors",
      (of) => ({
        restApiId: of("RestApi Api"),
        responseType: "DEFAULT_4XX",
        responseParameters: { "gatewayresponse.header.x-content-type-options": "'nosniff'" },
      }),
    ],
    ["Deployment Now", (of) => ({ restApi: of("RestApi Api"), triggers: { version: "1" } })],
    [
      "Stage Local",
      (of) => ({
        restApi: of("RestApi Api"),
        deployment: of("Deployment Now"),
        stageName: "local",
        description: "d",
        xrayTracingEnabled: true,
        cacheClusterEnabled: false,
      }),
    ],
    [
      "MethodSettings All",
      (of) => ({
        restApi: of("RestApi Api"),
        stageName: of("Stage Local", "stageName"),
        methodPath: "*/*",
        settings: { throttlingRateLimit: 50, throttlingBurstLimit: 100, metricsEnabled: true },
      }),
    ],
    ["ApiKey Client", () => ({ description: "d" })],
    [
      "UsagePlan Basic",
      (of) => ({
        apiStages: [{ apiId: of("RestApi Api"), stage: of("Stage Local", "stageName") }],
        quotaSettings: { limit: 100, period: "DAY" },
        throttleSettings: { rateLimit: 10, burstLimit: 10 },
      }),
    ],
    [
      "UsagePlanKey ClientBasic",
      (of) => ({
        usagePlanId: of("UsagePlan Basic"),
        keyId: of("ApiKey Client"),
        keyType: "API_KEY",
      }),
    ],
  ];
  return program
    .filter(([resource]) => !(resource in changes) || changes[resource] !== undefined)
    .map(([resource, inputs]) => [
      resource,
      (of: Outputs) => ({ ...inputs(of), ...changes[resource] }),
      options[resource] ?? {},
    ]);
}
