/** X-Ray as a service of the endpoint, in REST-JSON: each operation is a path. */
import { parseJson } from "../../../aws-protocol/json-protocol.ts";
import type { AwsService } from "../../../aws-protocol/service.ts";
import type { XrayStores } from "./operations.ts";

const operationAt = new Map([
  ["/Traces", "BatchGetTraces"],
  ["/SamplingTargets", "GetSamplingTargets"],
  ["/GetSamplingRules", "GetSamplingRules"],
  ["/ServiceGraph", "GetServiceGraph"],
  ["/TraceSummaries", "GetTraceSummaries"],
  ["/TraceSegments", "PutTraceSegments"],
]);

/** The service; its operations are loaded with the first call. */
export function createXrayApi(stores: XrayStores): AwsService {
  return {
    protocol: "rest-json",
    operations: [...operationAt.values()],
    operationOf: ({ method, url: { pathname } }) =>
      (method === "POST" ? operationAt.get(pathname) : undefined) ?? `${method} ${pathname}`,
    async handle({ operation, request }) {
      const { xrayOperations } = await import("./operations.ts");
      const run = xrayOperations(stores).get(operation);
      if (run === undefined) throw new Error(`No operation ${operation}`);
      return Response.json(run(parseJson(request.body)));
    },
  };
}
