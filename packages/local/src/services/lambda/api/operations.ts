/** Lambda as a service of the endpoint: invokes and describes functions. */
import type { FunctionState } from "../registry.ts";
import type { InvocationResult } from "../invocations/invocation.ts";
import { REQUEST_LIMIT } from "../functions/limits.ts";
import type { LambdaService } from "../ports.ts";
import type { LogGroups } from "../../cloudwatch-logs/log-groups.ts";
import { AwsError, unsupported } from "../../../aws-protocol/errors.ts";
import { configuration, functionOutput, functionListOutput } from "./functions.ts";
import { logTail } from "./log-tail.ts";
import { traceHeaderName } from "../../xray/trace-header.ts";
import { policyOutput } from "./policy.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { AwsCall, AwsRequest, AwsService } from "../../../aws-protocol/service.ts";
import { decodeUri } from "../../../aws-protocol/uri.ts";
import { utf8Text } from "../../../aws-protocol/utf8.ts";

/** The options of the service. */
export type LambdaApiOptions = AwsEnvironment & {
  functions: Pick<
    LambdaService,
    "invoke" | "invokeAsync" | "getFunction" | "listFunctions" | "listPermissions"
  >;
  logs: Pick<LogGroups, "read">;
};

const path =
  /^\/2015-03-31\/functions(?:\/(?<name>[^/]+)(?<rest>\/(?:invocations|configuration|policy))?)?\/?$/;

/**
 * Operations by method and the path after a function's name. The API says Invoke; InvokeFunction is
 * IAM's name of the action, for which callers are authorized.
 */
const operations = new Map([
  ["POST /invocations", "InvokeFunction"],
  ["GET /configuration", "GetFunctionConfiguration"],
  ["GET /policy", "GetPolicy"],
  ["GET ", "GetFunction"],
  ["GET", "ListFunctions"],
]);

/** The service over the functions of the local cloud. */
export function createLambdaApi(options: LambdaApiOptions): AwsService {
  const { functions, logs, region, account } = options;

  function existing(nameOrArn: string): FunctionState {
    const found = functions.getFunction(nameOrArn);
    if (found === undefined) throw notFound(nameOrArn);
    return found;
  }

  async function invoke(request: AwsRequest): Promise<Response> {
    const name = functionOf(request);
    rejectUnsupportedOptions(request);
    // A call without a payload gives the function an empty object (recorded by LocalStack).
    const payload = request.body.length === 0 ? "{}" : utf8Text(request.body);
    if (payload === undefined) {
      const message = "Could not parse request body into json: it is not UTF-8";
      throw new AwsError("InvalidRequestContentException", message);
    }
    const trace = request.headers.get(traceHeaderName) ?? "";
    if (request.headers.get("x-amz-invocation-type") === "Event") {
      functions.invokeAsync(name, payload, { trace });
      return new Response(null, { status: 202 });
    }
    const result = await functions.invoke(name, payload, { trace });
    if (!result.ok && result.kind === "notFound") throw notFound(name);
    if (!result.ok && result.kind === "throttled") {
      throw new AwsError(result.errorType, "Rate Exceeded.", 429);
    }
    const tail = request.headers.get("x-amz-log-type") === "Tail" ? tailOf(name, result) : {};
    return new Response(result.payload, {
      headers: {
        "content-type": "application/json",
        "x-amz-executed-version": "$LATEST",
        ...(result.ok ? {} : { "x-amz-function-error": "Unhandled" }),
        ...tail,
      },
    });
  }

  function tailOf(name: string, { requestId }: InvocationResult): Record<string, string> {
    const group = functions.getFunction(name)?.version.settings.logGroup ?? "";
    return { "x-amz-log-result": logTail(logs.read(group), requestId) };
  }

  function resourceOf({
    request,
  }: Pick<AwsCall, "request" | "operation">): string | readonly string[] | undefined {
    const name = functionOf(request);
    if (name === "" || name.startsWith("arn:")) return name || undefined;
    return `arn:aws:lambda:${region}:${account}:function:${name}`;
  }

  async function handle({ request, operation }: AwsCall): Promise<Response> {
    rejectQualifier(request);
    switch (operation) {
      case "ListFunctions":
        return Response.json(
          functionListOutput(functions.listFunctions(), request.url.searchParams),
        );
      case "GetFunction":
        return Response.json(functionOutput(existing(functionOf(request))));
      case "GetPolicy": {
        const { name, arn } = existing(functionOf(request)).version.settings;
        return Response.json(policyOutput(arn, functions.listPermissions(name)));
      }
      case "GetFunctionConfiguration":
        return Response.json(configuration(existing(functionOf(request))));
      default:
        return invoke(request);
    }
  }

  return {
    protocol: "rest-json",
    operations: [...operations.values()],
    // One byte more is Lambda's own error.
    largestBody: REQUEST_LIMIT + 1,
    operationOf,
    resourceOf,
    handle,
  };
}

function operationOf({ method, url: { pathname } }: AwsRequest): string {
  const groups = path.exec(pathname)?.groups;
  const place = groups?.["name"] === undefined ? method : `${method} ${groups["rest"] ?? ""}`;
  const known = groups === undefined ? undefined : operations.get(place);
  return known ?? `${method} ${pathname}`;
}

/** A function's name or ARN. */
function functionOf({ url }: AwsRequest): string {
  return decodeUri(path.exec(url.pathname)?.groups?.["name"] ?? "");
}

function notFound(nameOrArn: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Function not found: ${nameOrArn}`, 404);
}

function rejectQualifier({ url }: AwsRequest): void {
  const qualifier = url.searchParams.get("Qualifier") ?? "$LATEST";
  if (qualifier !== "$LATEST") {
    throw unsupported(`the qualifier ${qualifier}`, "InvalidParameterValueException");
  }
}

/** Rejects options that would be ignored. */
function rejectUnsupportedOptions({ headers }: AwsRequest): void {
  const type = headers.get("x-amz-invocation-type") ?? "RequestResponse";
  const logType = headers.get("x-amz-log-type") ?? "None";
  const wanted = [
    ["Event", "RequestResponse"].includes(type) ? undefined : `lambda:Invoke of the type ${type}`,
    ["None", "Tail"].includes(logType) ? undefined : `lambda:Invoke with the log type ${logType}`,
    headers.has("x-amz-client-context") ? "lambda:Invoke with a client context" : undefined,
  ].find((what) => what !== undefined);
  if (wanted !== undefined) throw unsupported(wanted, "InvalidParameterValueException");
}
