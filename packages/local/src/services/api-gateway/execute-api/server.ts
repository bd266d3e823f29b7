/** The gateway: takes a request through the steps in AWS's order and answers. */
import type { Connection } from "../../../http/listen.ts";
import { renderAccessLog } from "./access-log.ts";
import type { VerifyToken } from "./cognito-token.ts";
import { GatewayError } from "./errors.ts";
import { beginExchange, type Exchange, noteStage } from "./invocation-context.ts";
import { type GatewayResponses, renderError } from "./gateway-response.ts";
import { checkHeaderSize, type IncomingRequest, readBody, readRequest } from "./incoming.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { ServedStage } from "../store/stages.ts";
import type { RestApis } from "../store/rest-apis.ts";
import { identifyClient } from "./handlers/api-key.ts";
import { authorize } from "./handlers/authorize.ts";
import { checkFirewall, type Firewall } from "./handlers/firewall.ts";
import { type Functions, integrate } from "./handlers/integrate.ts";
import { findRoute } from "./handlers/route.ts";
import { throttle } from "./handlers/throttle.ts";
import { meterClient } from "./handlers/usage-plan.ts";
import { validateRequest } from "./handlers/validate.ts";
import { createQuotaCounters } from "./quota-counters.ts";
import { selectStage, type Selection } from "./resolve-stage.ts";
import { createTokenBuckets } from "./token-buckets.ts";

/** A line of a stage's access log. */
export interface AccessLogEntry {
  logGroupArn: string;
  line: string;
}

/** What the gateway stands on. */
export interface GatewayDeps extends Functions {
  environment: AwsEnvironment;
  apis: RestApis;
  waf: Firewall;
  verifyToken: VerifyToken;
  /** The time in ms since 1970. */
  now: () => number;
  log: (entry: AccessLogEntry) => void;
  /** Told of faults of the local cloud itself; the client sees a plain 500. */
  onError: (error: unknown) => void;
}

const noResponses: GatewayResponses = new Map();

/** Creates the gateway; serve `fetch` on 127.0.0.1. */
export function createGateway(deps: GatewayDeps) {
  const { environment, apis, waf, now, log, onError } = deps;
  const buckets = createTokenBuckets(now);
  const quotas = createQuotaCounters(now);

  async function passSteps(
    request: IncomingRequest,
    selection: Selection,
    exchange: Exchange,
    body: Uint8Array,
  ): Promise<Response> {
    const { stage } = selection;
    const { variables } = exchange;
    checkFirewall(waf, stage.arn, request, body, variables);
    const match = findRoute(selection, request, variables);
    const { method } = match.route;
    const claims = await authorize(method, stage.api, request, deps, variables);
    const client = identifyClient(apis, stage, method, request, variables);
    if (client) meterClient({ buckets, quotas }, client, stage, match.route);
    throttle(buckets, stage, match.route);
    validateRequest(stage, match, request, body);
    const parts = {
      environment,
      exchange,
      request,
      selection,
      match,
      claims,
      apiKey: client?.key,
      body,
    };
    return integrate(parts, deps, now);
  }

  async function answer(raw: Request, request: IncomingRequest, exchange: Exchange) {
    let stage: ServedStage | undefined;
    try {
      const selection = selectStage(request, apis);
      ({ stage } = selection);
      noteStage(exchange, selection, environment);
      checkHeaderSize(request);
      const response = await passSteps(request, selection, exchange, await readBody(raw));
      return { stage, response };
    } catch (error) {
      const known = error instanceof GatewayError ? error : new GatewayError("internalFailure");
      if (known !== error) onError(error);
      const customized = stage?.api.gatewayResponses ?? noResponses;
      return { stage, response: renderError(known, exchange.variables, customized) };
    }
  }

  return {
    /** Answers a request; the connection tells the client's address. */
    async fetch(raw: Request, connection: Connection): Promise<Response> {
      const request = readRequest(raw, connection);
      const exchange = beginExchange(request, environment, now());
      const { stage, response } = await answer(raw, request, exchange);
      response.headers.set("x-amzn-RequestId", exchange.requestId);
      response.headers.set("x-amz-apigw-id", exchange.extendedRequestId);
      if (stage?.accessLogSettings) {
        const { destinationArn, format } = stage.accessLogSettings;
        exchange.variables
          .set("status", String(response.status))
          .set("responseLatency", String(now() - exchange.startedAt));
        if (format.includes("$context.responseLength")) {
          exchange.variables.set("responseLength", await lengthOf(response));
        }
        log({ logGroupArn: destinationArn, line: renderAccessLog(format, exchange.variables) });
      }
      return response;
    },
  };
}

/** The bytes of a response's body. */
async function lengthOf(response: Response): Promise<string> {
  return String((await response.clone().arrayBuffer()).byteLength);
}
