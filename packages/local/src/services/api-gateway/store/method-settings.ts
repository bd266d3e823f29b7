/** Method settings of a stage, and which of them apply to a method. */
import { ConfigurationError } from "./configuration-errors.ts";

/** The throttling of a method: rate in requests per second, and burst; -1 is no limit. */
export interface ThrottleSettings {
  throttlingRateLimit?: number | undefined;
  throttlingBurstLimit?: number | undefined;
}

/** Which lines of a method's requests go to the execution log; none by default. */
export interface LogSettings {
  loggingLevel?: "OFF" | "ERROR" | "INFO" | undefined;
  /** Whether requests and responses are logged as well. */
  dataTraceEnabled?: boolean | undefined;
}

/** The settings of a method, or of every one. */
export interface SettingsOfMethod extends ThrottleSettings, LogSettings {
  /** Whether the method has metrics of its own (documented: APIGW/api-gateway-metrics-and-dimensions). */
  metricsEnabled?: boolean | undefined;
}

/** By path and method, such as `/orders/{id} GET`; `*` for every method. */
export type MethodSettings = ReadonlyMap<string, SettingsOfMethod>;

/**
 * Reads a method path: `orders/{id}/GET` with or without a slash before it, AWS's own
 * `~1orders~1{id}/GET`, or a star for both path and method.
 * @throws ConfigurationError when it is none of these.
 */
export function settingsKey(methodPath: string): string {
  if (methodPath === "*/*") return "*";
  const [, path, method] = /^(?:(.*)\/)?([A-Z]+)$/.exec(methodPath) ?? [];
  if (method === undefined) {
    throw new ConfigurationError("BadRequestException", `"${methodPath}" is no method path.`);
  }
  return `/${(path ?? "").replaceAll("~1", "/").replace(/^\//, "")} ${method}`;
}

/**
 * The throttling of a method: its own if it has one, else that for every method (which of the two
 * wins is documented: APIGW/api-gateway-request-throttling; that one without limits is skipped is
 * assumed).
 */
export function throttleOf(
  settings: MethodSettings,
  resourcePath: string,
  httpMethod: string,
): ThrottleSettings {
  const own = settings.get(`${resourcePath} ${httpMethod}`);
  const isLimit = own?.throttlingRateLimit !== undefined || own?.throttlingBurstLimit !== undefined;
  return (isLimit ? own : settings.get("*")) ?? {};
}

/** Whether a method has metrics of its own: as its own settings say, else those for every method. */
export function hasDetailedMetrics(
  settings: MethodSettings,
  resourcePath: string,
  httpMethod: string,
): boolean {
  const own = settings.get(`${resourcePath} ${httpMethod}`);
  return own?.metricsEnabled ?? settings.get("*")?.metricsEnabled ?? false;
}

/** The log settings of a method, in the same way. */
export function logSettingsOf(
  settings: MethodSettings,
  resourcePath: string,
  httpMethod: string,
): LogSettings {
  const own = settings.get(`${resourcePath} ${httpMethod}`);
  return (own?.loggingLevel === undefined ? settings.get("*") : own) ?? {};
}
