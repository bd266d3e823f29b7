/** AppSync as a service of the AWS endpoint: looks up the only Event API, named `sst`. */
import { AwsError } from "../../aws-protocol/errors.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { AwsCall, AwsRequest, AwsService } from "../../aws-protocol/service.ts";

interface AppSyncApiOptions extends AwsEnvironment {
  /** `127.0.0.1:PORT` of the events endpoint; undefined while it is not up. */
  readonly host: () => string | undefined;
}

const apiId = "local";
const onePath = /^\/v2\/apis\/([^/]+)$/;

/** The service: ListApis and GetApi, with the members that the SST CLI reads. */
export function createAppSyncApi({ region, account, host }: AppSyncApiOptions): AwsService {
  function describe() {
    const dns = host();
    if (dns === undefined) return undefined;
    return {
      apiId,
      name: "sst",
      apiArn: `arn:aws:appsync:${region}:${account}:apis/${apiId}`,
      dns: { HTTP: dns, REALTIME: dns },
    };
  }

  async function handle({ request, operation }: AwsCall): Promise<Response> {
    const api = describe();
    if (operation === "ListApis") return Response.json({ apis: api ? [api] : [] });
    if (api === undefined || onePath.exec(request.url.pathname)?.[1] !== apiId) {
      throw new AwsError("NotFoundException", "The local cloud has no such Event API.", 404);
    }
    return Response.json({ api });
  }

  return {
    protocol: "rest-json",
    operations: ["ListApis", "GetApi"],
    operationOf,
    handle,
  };
}

function operationOf({ method, url: { pathname } }: AwsRequest): string {
  if (method === "GET" && pathname === "/v2/apis") return "ListApis";
  if (method === "GET" && onePath.test(pathname)) return "GetApi";
  return `${method} ${pathname}`;
}
