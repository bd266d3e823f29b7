/** The REST APIs of the local cloud: what was applied, what was deployed, what is served. */
import { authorizerEdits } from "./authorizers.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { executionArn, restApiArn } from "./arns.ts";
import { newId, type RestApiDefinition } from "./definition.ts";
import { gatewayResponseEdits } from "./gateway-responses.ts";
import { integrationEdits } from "./integrations.ts";
import { methodEdits } from "./methods.ts";
import { modelEdits } from "./models.ts";
import { notFound, UnsupportedConfigurationError } from "./error-responses.ts";
import { resourceEdits } from "./resources.ts";
import { stageEdits } from "./stages.ts";
import { usageEdits } from "./usage.ts";
import { validatorEdits } from "./validators.ts";

/** A REST API's own settings. */
interface RestApiInput {
  id?: string | undefined;
  name: string;
  /** `REGIONAL` or `EDGE`; both are served alike (no CloudFront headers). */
  endpointType: string;
  binaryMediaTypes?: readonly string[] | undefined;
  disableExecuteApiEndpoint?: boolean | undefined;
}

/** Creates an empty store of REST APIs. */
export function createRestApis(environment: AwsEnvironment) {
  const apis = new Map<string, RestApiDefinition>();

  function findApi(restApiId: string): RestApiDefinition {
    const api = apis.get(restApiId);
    if (!api) throw notFound("REST API", restApiId);
    return api;
  }

  const stages = stageEdits(findApi, environment);
  return {
    /**
     * Creates a REST API, or changes the settings of the one with this id.
     * @throws UnsupportedConfigurationError for a private endpoint.
     */
    putRestApi(input: RestApiInput) {
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
      } as const;
      apis.set(id, api);
      return {
        id,
        rootResourceId: api.rootResourceId,
        executionArn: executionArn(environment, id),
        arn: restApiArn(environment, id),
      };
    },

    /** Removes a REST API with its stages and deployments. */
    deleteRestApi(id: string): void {
      apis.delete(id);
      stages.deleteStagesOf(id);
    },

    ...resourceEdits(findApi),
    ...methodEdits(findApi),
    ...integrationEdits(findApi),
    ...authorizerEdits(findApi),
    ...modelEdits(findApi),
    ...validatorEdits(findApi),
    ...gatewayResponseEdits(findApi),
    ...stages,
    ...usageEdits(environment, stages.hasStage),
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
