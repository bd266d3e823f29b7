/** Deployments: snapshots of an API, which stages serve. */
import { type FindApi, newId, type RestApiDefinition } from "./definition.ts";
import { ConfigurationError } from "./configuration-errors.ts";
import { type ValidateBody, compileModels, assertModelsExist } from "./models.ts";
import { compileRoutes, type Route } from "./routes.ts";

/** A snapshot of an API. */
export interface Deployment {
  restApiId: string;
  api: RestApiDefinition;
  /** The most specific first. */
  routes: readonly Route[];
  /** By the name of the model. */
  bodyValidators: ReadonlyMap<string, ValidateBody>;
}

/** The deployments of every API. */
export function createApiDeployments(findApi: FindApi) {
  const deployments = new Map<string, Deployment>();

  /**
   * Takes a snapshot of an API. Later changes are not served until they are deployed.
   * @throws ConfigurationError when there is no method, or one without an integration
   * (documented: APIGW/how-to-deploy-api-with-console; reported: sst/ion#1256), or one whose model
   * has been renamed.
   */
  function deploy({ restApiId }: { restApiId: string }): { id: string } {
    const api = structuredClone(findApi(restApiId));
    assertDeployable(api);
    const id = newId();
    const bodyValidators = compileModels(api);
    deployments.set(id, { restApiId, api, routes: compileRoutes(api), bodyValidators });
    return { id };
  }

  /** Removes every deployment of an API. */
  function removeOf(restApiId: string): void {
    for (const [id, deployment] of deployments) {
      if (deployment.restApiId === restApiId) deployments.delete(id);
    }
  }

  return {
    deploy,

    /** Finds a deployment. */
    find: (deploymentId: string): Deployment | undefined => deployments.get(deploymentId),

    /** Removes a deployment; one that does not exist is no error. */
    remove(deploymentId: string): void {
      deployments.delete(deploymentId);
    },

    removeOf,
  };
}

/** The deployments of every API. */
export type ApiDeployments = ReturnType<typeof createApiDeployments>;

function assertDeployable(api: RestApiDefinition): void {
  if (api.methods.size === 0) {
    throw new ConfigurationError(
      "BadRequestException",
      `The API "${api.name}" has no method to deploy.`,
    );
  }
  for (const [key, { integration, rules }] of api.methods) {
    assertModelsExist(api, rules.models);
    if (integration) continue;
    throw new ConfigurationError(
      "BadRequestException",
      `The method "${key}" of the API "${api.name}" has no integration.`,
    );
  }
}
