/** All routes of the console's API. */
import type { AwsEndpoint } from "../aws-protocol/endpoint.ts";
import { createAttacks } from "../attacks/run.ts";
import type { TargetsOptions } from "../attacks/targets/targets.ts";
import type { Faults } from "../faults/faults.ts";
import type { CloudWatch } from "../services/cloudwatch/cloudwatch.ts";
import { alarmRoutes } from "./alarms.ts";
import { apiRouteRoutes } from "./api-routes.ts";
import { attackRoutes } from "./attacks.ts";
import { deployedRoutes, type DeployedRoutesOptions } from "./deployed.ts";
import { faultRoutes } from "./faults.ts";
import { firewallRoutes } from "./firewalls.ts";
import { logRoutes } from "./logs.ts";
import { metricRoutes } from "./metrics.ts";
import { queueRoutes, type QueueRoutesOptions } from "./queues.ts";
import { referenceRoutes } from "./reference.ts";
import { requestRoutes, type RequestRoutesOptions } from "./requests.ts";
import type { Route } from "./route.ts";
import { signInRoutes } from "./sign-in.ts";
import { stateRoutes, type StateRoutesOptions } from "./state.ts";
import { traceRoutes, type TraceRoutesOptions } from "./traces.ts";
import { userRoutes, type UserRoutesOptions } from "./users.ts";

type Options = Omit<QueueRoutesOptions, "account"> &
  RequestRoutesOptions &
  StateRoutesOptions &
  TargetsOptions &
  UserRoutesOptions &
  DeployedRoutesOptions &
  Pick<TraceRoutesOptions, "xray"> & {
    readonly cloudwatch: CloudWatch;
    readonly endpoint: Pick<AwsEndpoint, "fetch" | "operations">;
    readonly faults: Faults;
    /** The app's OpenAPI document. */
    readonly apiDocument?: object | undefined;
  };

/** The routes by what they are about. */
export function allRoutes(options: Options): Route[] {
  const { environment, endpoint, faults, cognito, cloudwatch } = options;
  return [
    ...requestRoutes(options),
    ...faultRoutes(faults, endpoint.operations),
    ...firewallRoutes(options),
    ...stateRoutes(options),
    ...deployedRoutes(options),
    ...userRoutes(options),
    ...logRoutes(options),
    ...attackRoutes(createAttacks(options), cognito.context.now),
    ...apiRouteRoutes(options.apis),
    ...signInRoutes(options),
    ...metricRoutes({ ...options, now: cognito.context.now }),
    ...alarmRoutes(cloudwatch.alarms),
    ...traceRoutes(options),
    ...referenceRoutes(options.apiDocument),
    ...queueRoutes({ ...options, account: environment.account }),
  ];
}
