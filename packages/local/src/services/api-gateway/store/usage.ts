/** Stores API keys and usage plans, which take effect at once, without a deployment. */
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { type ApiKey, type ApiKeyInput, createApiKeys } from "./api-keys.ts";
import { newId } from "./definition.ts";
import {
  ConfigurationError,
  notFound,
  UnsupportedConfigurationError,
} from "./configuration-errors.ts";
import { readUsagePlan, type UsagePlan, type UsagePlanInput } from "./usage-plans.ts";

/** Puts an API key into a usage plan. */
interface UsagePlanKeyInput {
  usagePlanId: string;
  keyId: string;
  /** `API_KEY`. */
  keyType: string;
}

/** The client that an API key identifies at a stage, with the plan that its requests count for. */
export interface ApiClient {
  key: ApiKey;
  plan: UsagePlan;
}

type HasStage = (restApiId: string, stageName: string) => boolean;

/** Operations on API keys and usage plans, and the look-up of a client. */
export function usageOperations({ region }: AwsEnvironment, hasStage: HasStage) {
  const keys = createApiKeys();
  const plans = new Map<string, UsagePlan>();

  function findPlan(id: string): UsagePlan {
    const plan = plans.get(id);
    if (!plan) throw notFound("usage plan", id);
    return plan;
  }

  /** A key has one plan for each stage (documented: APIGW/api-gateway-api-usage-plans). */
  function assertOnePlanPerStage(plan: UsagePlan): void {
    const others = plans.values().filter(({ id }) => id !== plan.id);
    for (const other of others) {
      const isShared = plan.keyIds.values().some((id) => other.keyIds.has(id));
      if (!isShared || !shareStage(plan, other)) continue;
      throw new ConfigurationError(
        "ConflictException",
        `A key of the usage plan "${plan.id}" has the plan "${other.id}" for the same stage.`,
      );
    }
  }

  /**
   * Creates a usage plan, or updates the one with this id and keeps its keys.
   * @throws ConfigurationError for a stage that does not exist (recorded:
   * LocalStack test_usage_plan_crud) or that a key of it has another plan for; what `readUsagePlan`
   * throws.
   */
  function putUsagePlan(input: UsagePlanInput): { id: string; arn: string } {
    const id = input.id ?? newId();
    const keyIds = plans.get(id)?.keyIds ?? new Set();
    const plan = { id, keyIds, ...readUsagePlan(input) };
    const missing = plan.stages.find(({ apiId, stage }) => !hasStage(apiId, stage));
    if (missing) throw notFound("stage", `${missing.apiId}/${missing.stage}`);
    assertOnePlanPerStage(plan);
    plans.set(id, plan);
    return { id, arn: `arn:aws:apigateway:${region}::/usageplans/${id}` };
  }

  /**
   * Puts an API key into a usage plan.
   * @throws ConfigurationError when one of them does not exist, or the key has another plan for
   * one of the stages; UnsupportedConfigurationError for another type of key.
   */
  function putUsagePlanKey({ usagePlanId, keyId, keyType }: UsagePlanKeyInput): { value: string } {
    if (keyType !== "API_KEY") throw new UnsupportedConfigurationError(`the key type ${keyType}`);
    const plan = findPlan(usagePlanId);
    const key = keys.find(keyId);
    if (!key) throw notFound("API key", keyId);
    const extended = { ...plan, keyIds: new Set(plan.keyIds).add(keyId) };
    assertOnePlanPerStage(extended);
    plans.set(usagePlanId, extended);
    return { value: key.value };
  }

  /** Finds the client that a key's value identifies at a stage; disabled keys identify none. */
  function findClient(restApiId: string, stageName: string, value: string): ApiClient | undefined {
    const serving = plans
      .values()
      .filter(({ stages }) => stages.some((it) => isStage(it, restApiId, stageName)));
    for (const plan of serving) {
      for (const key of plan.keyIds.values().map(keys.find)) {
        if (key?.enabled && key.value === value) return { key, plan };
      }
    }
    return undefined;
  }

  /** The values of the keys by which clients can call a stage. */
  function keysOf(restApiId: string, stageName: string): string[] {
    const serving = [...plans.values()].filter(({ stages }) =>
      stages.some((it) => isStage(it, restApiId, stageName)),
    );
    return serving
      .flatMap(({ keyIds }) => [...keyIds].map(keys.find))
      .flatMap((key) => (key?.enabled ? [key.value] : []));
  }

  return {
    /** Creates an API key, or changes the one with this id: see `createApiKeys`. */
    putApiKey(input: ApiKeyInput): { id: string; value: string; arn: string } {
      const { id, value } = keys.put(input);
      return { id, value, arn: `arn:aws:apigateway:${region}::/apikeys/${id}` };
    },

    /** Removes an API key, also from its plans. */
    deleteApiKey(id: string): void {
      keys.remove(id);
      for (const plan of plans.values()) plan.keyIds.delete(id);
    },

    putUsagePlan,

    /** Removes a usage plan. */
    deleteUsagePlan(id: string): void {
      plans.delete(id);
    },

    putUsagePlanKey,

    /** Removes an API key from a usage plan: it no longer gives access to the plan's stages. */
    deleteUsagePlanKey(usagePlanId: string, keyId: string): void {
      plans.get(usagePlanId)?.keyIds.delete(keyId);
    },

    findClient,
    keysOf,
  };
}

function shareStage(one: UsagePlan, other: UsagePlan): boolean {
  return one.stages.some(({ apiId, stage }) =>
    other.stages.some((it) => isStage(it, apiId, stage)),
  );
}

function isStage(it: { apiId: string; stage: string }, apiId: string, stage: string): boolean {
  return it.apiId === apiId && it.stage === stage;
}
