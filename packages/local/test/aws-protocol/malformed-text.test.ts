/** Requests whose bytes are not the text that they say they are. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callRaw } from "../support/raw-calls.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";
import { form } from "./asked-of-iam.ts";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))),
  );

describe("a form is rejected", () => {
  const prefixed = "Action=ListQueues&QueueNamePrefix=";
  test.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ["with an escape that is not UTF-8", `${prefixed}%FF`],
    ["with an escape of a surrogate", `${prefixed}%ED%A0%80`],
    ["with a longer escape than needed", `${prefixed}%C0%80`],
    ["with an escape that is cut off", `${prefixed}%4`],
    ["with an escape that is none", `${prefixed}%zz`],
    ["with a name that cannot be decoded", `${prefixed}x&%FF=y`],
    ["with bytes that are not UTF-8", bytes(prefixed, 0xff)],
  ])("%s", async (_, body) => {
    for (const service of ["sqs", "sns", "sts"]) {
      const response = await callRaw(aws.endpoint, service, { headers: form, body });
      expect(response.status).toBe(400);
      expect(response.body).toContain("<Code>MalformedQueryString</Code>");
    }
  });
});

describe("a JSON body is rejected", () => {
  test.each([
    ["ssm", "AmazonSSM.GetParameter", bytes(`{"Name":"`, 0xff, `"}`)],
    [
      "secretsmanager",
      "secretsmanager.GetSecretValue",
      bytes(`{"SecretId":"`, 0xed, 0xa0, 0x80, `"}`),
    ],
    ["sqs", "AmazonSQS.ListQueues", bytes(`{"QueueNamePrefix":"`, 0xc0, 0x80, `"}`)],
  ])("with bytes that are not UTF-8: %s", async (service, target, body) => {
    const headers = { "x-amz-target": target, "content-type": "application/x-amz-json-1.0" };
    const response = await callRaw(aws.endpoint, service, { headers, body });
    expect(response.status).toBe(400);
    expect(response.body).toContain("SerializationException");
  });

  test("as the payload of an invocation", async () => {
    const path = "/2015-03-31/functions/any/invocations";
    const response = await callRaw(aws.endpoint, "lambda", { path, body: bytes(`"`, 0xff, `"`) });
    expect(response.status).toBe(400);
    expect(response.body).toContain("InvalidRequestContentException");
  });
});
