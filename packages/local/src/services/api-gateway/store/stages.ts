/** Stages: each serves one deployment of an API, with settings of its own. */
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { executionArn, executionHost, stageArn } from "./arns.ts";
import type { FindApi } from "./definition.ts";
import { createApiDeployments, type Deployment } from "./deployments.ts";
import { type MethodSettings, settingsKey, type SettingsOfMethod } from "./method-settings.ts";
import { ConfigurationError, notFound } from "./configuration-errors.ts";

/** The settings of a stage. */
interface StageInput {
  restApiId: string;
  stageName: string;
  deploymentId: string;
  variables?: Readonly<Record<string, string>> | undefined;
  /** The destination is a log group's ARN; the format may use `$context`. */
  accessLogSettings?: { destinationArn: string; format: string } | undefined;
  /** Whether requests are traced. */
  xrayTracingEnabled?: boolean | undefined;
}

/** Settings of one method, or of every one: see `settingsKey` for the path. */
interface MethodSettingsInput {
  restApiId: string;
  stageName: string;
  methodPath: string;
  settings: SettingsOfMethod;
}

/** A stage with the deployment that it serves. */
export interface ServedStage
  extends StageInput, Pick<Deployment, "api" | "bodyValidators" | "routes"> {
  arn: string;
  methodSettings: MethodSettings;
}

interface StoredStage extends StageInput {
  methodSettings: Map<string, SettingsOfMethod>;
}

/** Operations on deployments, stages and method settings, and the look-up of what is served. */
export function stageOperations(findApi: FindApi, environment: AwsEnvironment) {
  const deployments = createApiDeployments(findApi);
  const stages = new Map<string, StoredStage>();

  function serve(stage: StoredStage): ServedStage {
    const deployment = deployments.find(stage.deploymentId);
    if (!deployment) throw notFound("deployment", stage.deploymentId);
    const { api, bodyValidators, routes } = deployment;
    const arn = stageArn(environment, stage.restApiId, stage.stageName);
    return { ...stage, arn, api, bodyValidators, routes };
  }

  /** Removes a deployment. @throws ConfigurationError while a stage serves it. */
  function deleteDeployment(deploymentId: string): void {
    if (stages.values().some((stage) => stage.deploymentId === deploymentId)) {
      throw new ConfigurationError(
        "BadRequestException",
        `The deployment "${deploymentId}" is served by a stage.`,
      );
    }
    deployments.remove(deploymentId);
  }

  /**
   * Creates a stage, or updates it; its method settings stay.
   * @throws ConfigurationError for a name that AWS rejects or a deployment of another API.
   */
  function putStage(input: StageInput): { arn: string; invokeUrl: string; executionArn: string } {
    const { restApiId, stageName, deploymentId } = input;
    // Letters, digits, hyphens, underscores: APIGW/api-gateway-known-issues.
    if (!/^[\w-]{1,128}$/.test(stageName)) {
      throw new ConfigurationError("BadRequestException", `"${stageName}" is no stage name.`);
    }
    if (deployments.find(deploymentId)?.restApiId !== restApiId) {
      throw notFound("deployment", deploymentId);
    }
    const key = keyOf(restApiId, stageName);
    const methodSettings = stages.get(key)?.methodSettings ?? new Map();
    stages.set(key, { ...input, methodSettings });
    return {
      arn: stageArn(environment, restApiId, stageName),
      invokeUrl: `https://${executionHost(environment, restApiId)}/${stageName}`,
      executionArn: `${executionArn(environment, restApiId)}/${stageName}`,
    };
  }

  /** Sets the settings of one or all methods. @throws ConfigurationError without the stage. */
  function putMethodSettings({
    restApiId,
    stageName,
    methodPath,
    settings,
  }: MethodSettingsInput): void {
    const stage = stages.get(keyOf(restApiId, stageName));
    if (!stage) throw notFound("stage", keyOf(restApiId, stageName));
    stage.methodSettings.set(settingsKey(methodPath), settings);
  }

  return {
    /** Takes a snapshot of an API: see `createApiDeployments`. */
    deploy: (input: { restApiId: string }) => deployments.deploy(input),

    deleteDeployment,
    putStage,

    /** Removes a stage with its method settings. */
    deleteStage(restApiId: string, stageName: string): void {
      stages.delete(keyOf(restApiId, stageName));
    },

    putMethodSettings,

    /** Removes method settings of a stage; ones that do not exist are no error. */
    deleteMethodSettings(restApiId: string, stageName: string, methodPath: string): void {
      stages.get(keyOf(restApiId, stageName))?.methodSettings.delete(settingsKey(methodPath));
    },

    /** Removes every stage and deployment of an API. */
    deleteStagesOf(restApiId: string): void {
      for (const [key, stage] of stages) if (stage.restApiId === restApiId) stages.delete(key);
      deployments.removeOf(restApiId);
    },

    /** Whether an API has a stage of this name. */
    hasStage: (restApiId: string, stageName: string): boolean =>
      stages.has(keyOf(restApiId, stageName)),

    /** The stage of an API as it is served now. */
    findStage(restApiId: string, stageName: string): ServedStage | undefined {
      const stage = stages.get(keyOf(restApiId, stageName));
      return stage && serve(stage);
    },

    /** Every stage as it is served now. */
    servedStages: (): ServedStage[] => [...stages.values()].map(serve),
  };
}

function keyOf(restApiId: string, stageName: string): string {
  return `${restApiId}/${stageName}`;
}
