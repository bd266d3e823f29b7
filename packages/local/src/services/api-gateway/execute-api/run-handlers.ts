/** Runs the handlers of a request in AWS's order, each as a step of its record. */
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { RequestBody } from "../../../http/request-body.ts";
import type { RestApis } from "../store/rest-apis.ts";
import type { VerifyToken } from "./cognito-token.ts";
import { decodeBody } from "./content-coding.ts";
import { identifyClient } from "./handlers/api-key.ts";
import { authorize } from "./handlers/authorize.ts";
import { checkFirewall, type Firewall } from "./handlers/firewall.ts";
import { type Functions, integrate } from "./handlers/integrate.ts";
import { findRoute } from "./handlers/route.ts";
import { throttle } from "./handlers/throttle.ts";
import { meterClient } from "./handlers/usage-plan.ts";
import { validateRequest } from "./handlers/validate.ts";
import { bodyLimit, type IncomingRequest } from "./incoming-request.ts";
import type { InvocationContext } from "./invocation-context.ts";
import { createQuotaCounters } from "./quota-counters.ts";
import type { ResolvedStage } from "./resolve-stage.ts";
import { authorizerName, factsOfClaims, integrationName, type RunStep } from "./steps.ts";
import { createTokenBuckets } from "./token-buckets.ts";

/** What handlers depend on. */
export interface HandlerDeps extends Functions {
  environment: AwsEnvironment;
  apis: RestApis;
  waf: Firewall;
  verifyToken: VerifyToken;
  /** The time in ms since 1970. */
  now: () => number;
}

/** Creates the handlers of one gateway; they throw GatewayError. */
export function createHandlers(deps: HandlerDeps, step: RunStep) {
  const { environment, apis, waf, now } = deps;
  const buckets = createTokenBuckets(now);
  const quotas = createQuotaCounters(now);

  return async (
    request: IncomingRequest,
    resolved: ResolvedStage,
    context: InvocationContext,
    incoming: RequestBody,
  ): Promise<Response> => {
    const { stage } = resolved;
    const { variables, execution } = context;
    const webAcl = () => variables.get("webaclArn")?.split("/").at(-2);
    await step("firewall", { name: webAcl, facts: (counted) => counted }, () =>
      checkFirewall(waf, stage.arn, request, incoming, variables),
    );
    const match = await step("route", { name: () => context.route?.resourcePath ?? "none" }, () => {
      const found = findRoute(resolved, request, variables);
      context.route = found.route;
      return found;
    });
    execution.pathParameters = match.pathParameters;
    const { method } = match.route;
    const claims = await step(
      "authorizer",
      { name: () => authorizerName(method, stage), facts: factsOfClaims },
      () => authorize(method, stage.api, request, deps, variables),
    );
    const client = await step(
      "api-key",
      { name: () => (method.rules.apiKeyRequired ? "x-api-key" : undefined) },
      () => identifyClient(apis, stage, match.route, request, variables),
    );
    execution.client = client;
    if (client) {
      await step("usage-plan", { name: () => client.plan.id }, () =>
        meterClient({ buckets, quotas }, client, stage, match.route),
      );
    }
    await step("throttle", { name: () => stage.stageName }, () =>
      throttle(buckets, stage, match.route),
    );
    const body = await step("validation", { name: () => "body and parameters" }, async () => {
      const content = await readContent(request, incoming);
      execution.body = content;
      validateRequest(stage, match, request, content);
      return content;
    });
    const apiKey = client?.key;
    const parts = { environment, context, request, resolved, match, claims, apiKey, body };
    return step("integration", { name: () => integrationName(method) }, () =>
      integrate(parts, deps, now),
    );
  };
}

/** The whole body as the integration gets it, read only for who may call the method. */
async function readContent(request: IncomingRequest, incoming: RequestBody): Promise<Buffer> {
  const body = await incoming.read();
  const content = await decodeBody(body, request.header("content-encoding"), bodyLimit);
  if (content !== body) incoming.addBytes(content.byteLength);
  return content;
}
