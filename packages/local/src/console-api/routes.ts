/** All routes of the console's API. */
import type { AwsEndpoint } from "../aws-protocol/endpoint.ts";
import type { Faults } from "../faults/faults.ts";
import { faultRoutes } from "./faults.ts";
import { logRoutes } from "./logs.ts";
import { queueRoutes, type QueueRoutesOptions } from "./queues.ts";
import { requestRoutes, type RequestRoutesOptions } from "./requests.ts";
import type { Route } from "./route.ts";
import { stateRoutes, type StateRoutesOptions } from "./state.ts";

type Options = Omit<QueueRoutesOptions, "account"> &
  RequestRoutesOptions &
  StateRoutesOptions & {
    readonly environment: { readonly account: string };
    readonly endpoint: Pick<AwsEndpoint, "operations">;
    readonly faults: Faults;
  };

/** The routes by what they are about. */
export function allRoutes(options: Options): Route[] {
  const { environment, endpoint, faults, logs } = options;
  return [
    ...requestRoutes(options),
    ...faultRoutes(faults, endpoint.operations),
    ...stateRoutes(options),
    ...logRoutes(logs),
    ...queueRoutes({ ...options, account: environment.account }),
  ];
}
