/** Lambda as a service of the endpoint: asynchronous invocation alone. */
import { LambdaError, type LambdaErrorCode, type LambdaService } from "../lambda/index.ts";
import { AwsError, unsupported } from "./errors.ts";
import type { AwsRequest, AwsService, Location } from "./service.ts";

/** What the service is made with. */
export type LambdaApiOptions = Location & {
  functions: Pick<LambdaService, "invokeAsync">;
};

const invokePath = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** The API calls it Invoke; this is IAM's name of the action, which callers are held against. */
const invoke = "InvokeFunction";

/** The statuses of its errors (documented: the API reference of Lambda, API_Invoke). */
const statuses: Partial<Record<LambdaErrorCode, number>> = {
  RequestTooLargeException: 413,
  ResourceNotFoundException: 404,
};

/** The service over the functions of the local cloud. */
export function createLambdaApi({ functions, region, account }: LambdaApiOptions): AwsService {
  return {
    protocol: "rest-json",
    operations: [invoke],
    operationOf: ({ method, url: { pathname } }) =>
      method === "POST" && invokePath.test(pathname) ? invoke : `${method} ${pathname}`,
    resourceOf(request) {
      const name = functionOf(request);
      return name.startsWith("arn:")
        ? name
        : `arn:aws:lambda:${region}:${account}:function:${name}`;
    },
    async handle({ request }) {
      refuseOptions(request);
      try {
        functions.invokeAsync(functionOf(request), request.body.toString("utf8"));
      } catch (error) {
        if (!(error instanceof LambdaError)) throw error;
        throw new AwsError(error.code, error.message, statuses[error.code] ?? 400);
      }
      return new Response(null, { status: 202 });
    },
  };
}

/** A function's name or ARN. */
function functionOf({ url }: AwsRequest): string {
  return decodeURIComponent(invokePath.exec(url.pathname)?.[1] ?? "");
}

/** What would be silently left out. */
function refuseOptions({ url, headers }: AwsRequest): void {
  const type = headers.get("x-amz-invocation-type") ?? "RequestResponse";
  const qualifier = url.searchParams.get("Qualifier") ?? "$LATEST";
  const wanted = [
    type === "Event" ? undefined : `lambda:Invoke of the type ${type}, Event alone`,
    qualifier === "$LATEST" ? undefined : `the qualifier ${qualifier}`,
    headers.has("x-amz-client-context") ? "lambda:Invoke with a client context" : undefined,
  ].find((what) => what !== undefined);
  if (wanted !== undefined) throw unsupported(wanted, "InvalidParameterValueException");
}
