/** Usage plans: the stages that API keys give access to, with throttling and quota of each key. */
import type { ThrottleSettings } from "./method-settings.ts";
import { settingsKey } from "./method-settings.ts";
import { UnsupportedConfigurationError } from "./configuration-errors.ts";

/** How many requests a key may make in a calendar day, week (from Sunday) or month. */
export interface Quota {
  limit: number;
  period: "DAY" | "WEEK" | "MONTH";
}

/** A stage of a plan, with throttling of single methods. */
interface PlanStageInput {
  apiId: string;
  stage: string;
  /** `path` is `/orders/{id}/GET`. */
  throttles?: readonly ({ path: string } & PlanThrottle)[] | undefined;
}

/** Rate in requests per second, and burst. */
interface PlanThrottle {
  rateLimit?: number | undefined;
  burstLimit?: number | undefined;
}

/** A usage plan, as Pulumi's `aws.apigateway.UsagePlan` gives it. */
export interface UsagePlanInput {
  id?: string | undefined;
  apiStages?: readonly PlanStageInput[] | undefined;
  throttleSettings?: PlanThrottle | undefined;
  quotaSettings?: (Quota & { offset?: number | undefined }) | undefined;
}

/** A stage of a plan; the throttles are by `settingsKey`. */
interface PlanStage {
  apiId: string;
  stage: string;
  throttles: ReadonlyMap<string, ThrottleSettings>;
}

/** A stored usage plan. */
export interface UsagePlan {
  id: string;
  stages: readonly PlanStage[];
  throttle: ThrottleSettings | undefined;
  quota: Quota | undefined;
  keyIds: Set<string>;
}

/**
 * Reads what a plan allows.
 * @throws UnsupportedConfigurationError for an offset, which AWS documents in two ways, and for
 * throttling of all methods at once; ConfigurationError for a path that names no method.
 */
export function readUsagePlan(
  input: UsagePlanInput,
): Pick<UsagePlan, "stages" | "throttle" | "quota"> {
  const { apiStages = [], throttleSettings, quotaSettings } = input;
  if (quotaSettings?.offset) throw new UnsupportedConfigurationError("the offset of a quota");
  return {
    stages: apiStages.map(({ apiId, stage, throttles = [] }) => ({
      apiId,
      stage,
      throttles: new Map(throttles.map(({ path, ...limits }) => [methodOf(path), read(limits)])),
    })),
    throttle: throttleSettings && read(throttleSettings),
    quota: quotaSettings && { limit: quotaSettings.limit, period: quotaSettings.period },
  };
}

function read({ rateLimit, burstLimit }: PlanThrottle): ThrottleSettings {
  return { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit };
}

function methodOf(path: string): string {
  const key = settingsKey(path);
  if (key === "*") throw new UnsupportedConfigurationError("a usage plan's throttle for */*");
  return key;
}
