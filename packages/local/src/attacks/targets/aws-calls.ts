/** Calls of AWS's API that are recorded like requests, with everything that they cause. */
import { randomUUID } from "node:crypto";
import type { LocalServices } from "../../local-services.ts";
import type { RequestRecord } from "../../requests/record.ts";
import type { RequestRecorder } from "../../requests/recorder.ts";
import { hasEnded, recordWhen } from "./record-when.ts";

/** A call; it is unsigned where no caller is named. */
export interface AwsCall {
  readonly service: "sns" | "lambda";
  /** A function's name, whose role it is made with. */
  readonly caller: string | undefined;
  /** The path with its query. */
  readonly target: string;
  readonly contentType: string;
  readonly body: string;
}

/** Creates the calls; each resolves to its record, to which later steps are added. */
export function createAwsCalls({
  environment: { region },
  endpoint,
  requests,
  now,
}: Pick<LocalServices, "environment" | "endpoint"> & {
  readonly requests: RequestRecorder;
  readonly now: () => number;
}) {
  return async (call: AwsCall): Promise<RequestRecord> => {
    const id = randomUUID();
    const { target, body } = call;
    const headers = headersOf(call, region);
    const head = { id, traceId: "", startedAt: now(), method: "POST", target };
    await requests.record({ ...head, sourceIp: "127.0.0.1" }, headers, async () => {
      // By it the endpoint finds the request that a call belongs to.
      requests.attach(id);
      const request = new Request(new URL(target, "http://127.0.0.1"), {
        method: "POST",
        headers: [
          ...headers.map(([name, value]): [string, string] => [name, value]),
          ["x-amz-security-token", id],
        ],
        body,
      });
      const response = await endpoint.fetch(request).finally(() => requests.detach(id));
      return { response, requestBody: Buffer.from(body), route: undefined };
    });
    return recordWhen(requests, id, hasEnded);
  };
}

function headersOf({ service, caller, contentType }: AwsCall, region: string) {
  const headers: [string, string][] = [["content-type", contentType]];
  if (caller === undefined) return headers;
  const scope = `${caller}/20260101/${region}/${service}/aws4_request`;
  const signature = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
  return [...headers, ["authorization", signature] as [string, string]];
}
