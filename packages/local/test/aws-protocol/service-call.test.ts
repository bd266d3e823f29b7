/** What a service learns of a call, and what a caller of a service's fault. */
import { createRequestRecorder } from "../../src/requests/recorder.ts";
import { describe, expect, test } from "vitest";
import { createAwsEndpoint } from "../../src/aws-protocol/endpoint.ts";
import type { AwsCall, AwsService } from "../../src/aws-protocol/service.ts";
import { environment } from "../support/test-cloud.ts";

const scope = (service: string, { caller = "caller", region = environment.region } = {}) =>
  `AWS4-HMAC-SHA256 Credential=${caller}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

describe("with a service of the test's own", () => {
  const calls: AwsCall[] = [];
  const errors: unknown[] = [];
  const fault = new Error("a secret detail");
  const service: AwsService = {
    protocol: "rest-json",
    operations: ["Answer", "Fail"],
    publicOperations: ["Answer"],
    targetPrefix: "Own",
    operationOf: ({ url }) => url.pathname.slice(1),
    handle: (call) => {
      calls.push(call);
      return call.operation === "Fail"
        ? Promise.reject(fault)
        : Promise.resolve(new Response("done"));
    },
  };
  const endpoint = createAwsEndpoint({
    requests: createRequestRecorder(),
    authorize: () => undefined,
    region: environment.region,
    services: { own: service },
    publicDocument: () => undefined,
    webOrigins: () => new Set(),
    onError: (error) => errors.push(error),
  });
  const ask = (path: string, headers: Record<string, string>) =>
    endpoint.fetch(new Request(`http://127.0.0.1${path}`, { method: "POST", headers, body: "b" }));

  test("a service learns which access key called it", async () => {
    await ask("/Answer", { authorization: scope("own", { caller: "ExternalLambda" }) });
    expect(calls.at(-1)).toMatchObject({ operation: "Answer", caller: "ExternalLambda" });
  });

  test("a presigned URL names caller and service as a header does", async () => {
    const credential = `Presigner/20260101/${environment.region}/own/aws4_request`;
    const response = await ask(`/Answer?X-Amz-Credential=${encodeURIComponent(credential)}`, {});
    expect(await response.text()).toBe("done");
    expect(calls.at(-1)?.caller).toBe("Presigner");
  });

  test("an unsigned call of a public operation has no caller", async () => {
    await ask("/Answer", { "x-amz-target": "Own.Answer" });
    expect(calls.at(-1)?.caller).toBeUndefined();
  });

  test("a fault is reported to the owner and hidden from the caller", async () => {
    const response = await ask("/Fail", { authorization: scope("own") });
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(body).toContain("InternalFailure");
    expect(body).not.toContain("a secret detail");
    expect(errors).toEqual([fault]);
  });
});
