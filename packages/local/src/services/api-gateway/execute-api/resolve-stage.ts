/** Resolves the stage of a request, and the path within it. */
import { GatewayError } from "./gateway-error.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import type { RestApis } from "../store/rest-apis.ts";
import type { ServedStage } from "../store/stages.ts";

/** A stage and the path in it. */
export interface ResolvedStage {
  stage: ServedStage;
  /** The event's `path`: without the stage, with one leading slash. */
  path: string;
  /** `requestContext.path`: with the stage, slashes as sent. */
  contextPath: string;
}

/**
 * Resolves a stage in three ways: AWS's own host (`APIID.execute-api…` and `/STAGE/path`), the same
 * below `/_aws/execute-api/APIID` for clients that cannot set a host, and plain `/path`, which is
 * served like a custom domain mapped to the only stage.
 * @throws GatewayError unknownStage, or missingAuthenticationToken where nothing is deployed.
 */
export function resolveStage(request: IncomingRequest, apis: RestApis): ResolvedStage {
  const { path, header } = request;
  const named = nameInHost(path, header("host")) ?? nameInPath(path);
  if (named) {
    const [, slashes = "", stageName = "", rest = ""] = /^(\/*)([^/]*)(.*)$/.exec(named.path) ?? [];
    const stage = slashes === "" ? undefined : apis.findStage(named.apiId, stageName);
    if (!stage || stage.api.disableExecuteApiEndpoint) throw new GatewayError("unknownStage");
    if (stage.api.isStrict && isFronted(request)) throw new GatewayError("unknownStage");
    return within(stage, rest);
  }
  const stages = apis.servedStages();
  const [only] = stages;
  if (!only) throw new GatewayError("missingAuthenticationToken");
  if (stages.length > 1) throw new GatewayError("unknownStage", { hint: listOf(stages) });
  return within(only, path);
}

/** `APIID.execute-api.REGION.amazonaws.com`, in lower case: AWS's own name for an API. */
const apiHost = /^([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/;

/** Whether a host is AWS's own name for an API. */
export const isApiHost = (name: string): boolean => apiHost.test(name);

/**
 * Whether the Host header names another host than the TLS connection (SNI), which the access mode STRICT
 * refuses (APIGW/apigateway-security-policies); with which response is assumed.
 */
const isFronted = ({ tls, header }: IncomingRequest) =>
  tls !== undefined && tls.serverName.toLowerCase() !== hostName(header("host"));

const hostName = (host = "") => host.toLowerCase().replace(/:\d+$/, "");

function nameInHost(path: string, host?: string) {
  const [, apiId] = apiHost.exec(hostName(host)) ?? [];
  return apiId === undefined ? undefined : { apiId, path };
}

function nameInPath(path: string) {
  const [, apiId, rest = ""] = /^\/_aws\/execute-api\/([a-z0-9]+)(\/.*)?$/.exec(path) ?? [];
  return apiId === undefined ? undefined : { apiId, path: rest };
}

/** Recorded: LocalStack test_lambda_aws_proxy_integration, "prepended-slash" and "hardcoded". */
function within(stage: ServedStage, path: string): ResolvedStage {
  return {
    stage,
    path: `/${path.replace(/^\/+/, "")}`,
    contextPath: `/${stage.stageName}${path}`,
  };
}

function listOf(stages: readonly ServedStage[]): string {
  const paths = stages.map(
    ({ restApiId, stageName }) => `/_aws/execute-api/${restApiId}/${stageName}`,
  );
  return `several stages are deployed, name one: ${paths.join(" ")}`;
}
