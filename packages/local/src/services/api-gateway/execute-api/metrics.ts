/**
 * The metrics of a request (documented: APIGW/api-gateway-metrics-and-dimensions). The status that the
 * client gets decides on the errors, which gateway responses are as well: of the firewall, of an unknown
 * path, of a throttled client. That a mock has no integration latency is assumed.
 */
import { underEach, type Dimensions, type Value } from "../../cloudwatch/dimension-sets.ts";
import type { Measurement } from "../../cloudwatch/measurement.ts";
import { hasDetailedMetrics } from "../store/method-settings.ts";
import type { Route } from "../store/routes.ts";
import type { ServedStage } from "../store/stages.ts";

/** A request that a stage has served; times in milliseconds. */
export interface ServedRequest {
  readonly stage: ServedStage;
  /** Its method; undefined where it reached none. */
  readonly route: Route | undefined;
  readonly status: number;
  readonly latency: number;
  /** Undefined where no integration was called. */
  readonly integrationLatency: number | undefined;
}

/** What API Gateway publishes of a request. */
export function requestMeasurements(request: ServedRequest): Measurement[] {
  const { status, latency, integrationLatency } = request;
  const values: Value[] = [
    { metricName: "Count", value: 1, unit: "Count" },
    { metricName: "4XXError", value: Number(status >= 400 && status < 500), unit: "Count" },
    { metricName: "5XXError", value: Number(status >= 500), unit: "Count" },
    { metricName: "Latency", value: latency, unit: "Milliseconds" },
  ];
  if (integrationLatency !== undefined) {
    values.push({
      metricName: "IntegrationLatency",
      value: integrationLatency,
      unit: "Milliseconds",
    });
  }
  return underEach("AWS/ApiGateway", dimensionSets(request), values);
}

/** That a method for ANY is called so is assumed. */
function dimensionSets({ stage, route }: ServedRequest): Dimensions[] {
  const ApiName = apiNameOf(stage);
  const ofStage = { ApiName, Stage: stage.stageName };
  const sets: Dimensions[] = [{ ApiName }, ofStage];
  if (route === undefined) return sets;
  const { resourcePath, method } = route;
  if (hasDetailedMetrics(stage.methodSettings, resourcePath, method.httpMethod)) {
    sets.push({ ...ofStage, Resource: resourcePath, Method: method.httpMethod });
  }
  return sets;
}

/** The name without other characters than ASCII's, or the id where none is left. */
function apiNameOf({ api, restApiId }: ServedStage): string {
  return api.name.replaceAll(/[^\u0020-\u007e]/g, "") || restApiId;
}
