/** A request that has its response: what its execution log is written from. */
import type { ServedStage } from "../store/stages.ts";
import type { GatewayError } from "./gateway-error.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import type { InvocationContext } from "./invocation-context.ts";

/** A request that has its response; the error is undefined where an integration responded. */
export interface FinishedRequest {
  readonly request: IncomingRequest;
  readonly context: InvocationContext;
  readonly stage: ServedStage;
  readonly response: Response;
  readonly error: GatewayError | undefined;
}
