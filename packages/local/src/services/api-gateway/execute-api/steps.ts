/** Reports what the handlers of a request decided, each as a step. */
import type { Facts, Layer, ReportStep } from "../../../requests/step.ts";
import type { Method } from "../store/definition.ts";
import type { ServedStage } from "../store/stages.ts";
import { errorTable } from "./error-table.ts";
import { asGatewayError } from "./gateway-error.ts";

/** The name and the facts of a step; without a name it is not reported. */
interface StepTexts<Result> {
  readonly name: () => string | undefined;
  readonly facts?: (result: Result) => Facts | undefined;
}

/** Runs a handler as a step, and throws what it throws. */
export type RunStep = <Result>(
  layer: Layer,
  texts: StepTexts<Result>,
  run: () => Result | Promise<Result>,
) => Promise<Result>;

/** Creates it. A handler refuses with a client error; with any other it has failed. */
export function createSteps(report: ReportStep): RunStep {
  return async (layer, { name: nameOf, facts }, run) => {
    const startedAt = performance.now();
    try {
      const result = await run();
      const name = nameOf();
      if (name === undefined) return result;
      report({ layer, name, outcome: "passed", facts: facts?.(result), startedAt });
      return result;
    } catch (error) {
      const known = asGatewayError(error);
      const { status, message } = errorTable[known.kind];
      const outcome = status < 500 ? "refused" : "failed";
      const reason =
        known.reason ?? known.validation ?? known.hint ?? known.clientMessage ?? message;
      const name = nameOf() ?? layer;
      report({ layer, name, outcome, reason: reason ?? known.kind, facts: known.facts, startedAt });
      throw error;
    }
  };
}

/** The authorizer's name; undefined for an open method, which has no such step. */
export function authorizerName(
  { authorization }: Method,
  { api }: ServedStage,
): string | undefined {
  if (authorization.type === "NONE") return undefined;
  return api.authorizers.get(authorization.authorizerId)?.name ?? authorization.authorizerId;
}

/** What of a token's claims says who may call. */
export function factsOfClaims(
  claims: Readonly<Record<string, string>> | undefined,
): Facts | undefined {
  const names = ["iss", "aud", "client_id", "token_use", "sub"];
  return claims && Object.fromEntries(names.flatMap((n) => (claims[n] ? [[n, claims[n]]] : [])));
}

/** The function's name, or the integration's type. */
export function integrationName({ integration }: Method): string {
  if (integration?.type !== "AWS_PROXY") return integration?.type ?? "none";
  return integration.functionArn.split(":")[6] ?? integration.functionArn;
}
