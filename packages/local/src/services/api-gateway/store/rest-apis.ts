/** The store of REST APIs: their configuration, deployments and stages. */
import { authorizerOperations } from "./authorizers.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { executionArn, restApiArn } from "./arns.ts";
import { newId, type RestApiDefinition } from "./definition.ts";
import { gatewayResponseOperations } from "./gateway-responses.ts";
import { integrationOperations } from "./integrations.ts";
import { methodOperations } from "./methods.ts";
import { modelOperations } from "./models.ts";
import { notFound, UnsupportedConfigurationError } from "./configuration-errors.ts";
import { resourceOperations } from "./resources.ts";
import { stageOperations } from "./stages.ts";
import { usageOperations } from "./usage.ts";
import { validatorOperations } from "./validators.ts";

/** A REST API's own settings. */
interface RestApiInput {
  id?: string | undefined;
  name: string;
  /** `REGIONAL` or `EDGE`; both are served in the same way (no CloudFront headers). */
  endpointType: string;
  binaryMediaTypes?: readonly string[] | undefined;
  disableExecuteApiEndpoint?: boolean | undefined;
  isStrict?: boolean | undefined;
}

/** Creates an empty store of REST APIs. */
export function createRestApis(environment: AwsEnvironment) {
  const apis = new Map<string, RestApiDefinition>();

  function findApi(restApiId: string): RestApiDefinition {
    const api = apis.get(restApiId);
    if (!api) throw notFound("REST API", restApiId);
    return api;
  }

  const stages = stageOperations(findApi, environment);
  /**
   * Creates a REST API, or updates the settings of the one with this id.
   * @throws UnsupportedConfigurationError for a private endpoint.
   */
  function putRestApi(input: RestApiInput): {
    id: string;
    rootResourceId: string;
    executionArn: string;
    arn: string;
  } {
    const { endpointType } = input;
    if (endpointType !== "REGIONAL" && endpointType !== "EDGE") {
      throw new UnsupportedConfigurationError(`the endpoint type ${endpointType}`);
    }
    const id = input.id ?? newId();
    const api = {
      ...(apis.get(id) ?? emptyApi()),
      id,
      name: input.name,
      endpointType,
      binaryMediaTypes: [...(input.binaryMediaTypes ?? [])],
      disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
      isStrict: input.isStrict ?? false,
    } as const;
    apis.set(id, api);
    return {
      id,
      rootResourceId: api.rootResourceId,
      executionArn: executionArn(environment, id),
      arn: restApiArn(environment, id),
    };
  }

  return {
    putRestApi,

    /** Removes a REST API with its stages and deployments. */
    deleteRestApi(id: string): void {
      apis.delete(id);
      stages.deleteStagesOf(id);
    },

    ...resourceOperations(findApi),
    ...methodOperations(findApi),
    ...integrationOperations(findApi),
    ...authorizerOperations(findApi),
    ...modelOperations(findApi),
    ...validatorOperations(findApi),
    ...gatewayResponseOperations(findApi),
    ...stages,
    ...usageOperations(environment, stages.hasStage),
  };
}

/** The store of REST APIs. */
export type RestApis = ReturnType<typeof createRestApis>;

function emptyApi() {
  const rootResourceId = newId();
  return {
    rootResourceId,
    resources: new Map([
      [rootResourceId, { id: rootResourceId, parentId: undefined, pathPart: "" }],
    ]),
    methods: new Map(),
    authorizers: new Map(),
    models: new Map(),
    validators: new Map(),
    gatewayResponses: new Map(),
  };
}
