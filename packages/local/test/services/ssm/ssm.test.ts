import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buckets } from "../../../src/aws-apis.ts";
import { createParameterStore } from "../../../src/services/ssm/ssm.ts";
import { environment, startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

const get = async (Name: string, WithDecryption = true) => {
  const output = await aws.clients.ssm.send(new GetParameterCommand({ Name, WithDecryption }));
  return output.Parameter;
};
const put = (Name: string, Value: string, Overwrite = false) =>
  aws.clients.ssm.send(new PutParameterCommand({ Name, Value, Overwrite, Type: "SecureString" }));

test("the SST CLI finds an account that needs no bootstrap", async () => {
  const parameter = await get("/sst/bootstrap", false);
  expect(parameter).toMatchObject({ Type: "String" });
  expect(JSON.parse(parameter?.Value ?? "")).toEqual({ version: 99, ...buckets });
});

test("a parameter that is not there is ParameterNotFound, as the CLI expects it", async () => {
  await expect(get("/sst/passphrase/app/none")).rejects.toBeInstanceOf(ParameterNotFound);
  const gone = aws.clients.ssm.send(new DeleteParameterCommand({ Name: "/none" }));
  await expect(gone).rejects.toBeInstanceOf(ParameterNotFound);
});

test("a passphrase is kept, and overwritten only when that is asked for", async () => {
  expect(await put("/sst/passphrase/app/dev", "one")).toMatchObject({ Version: 1 });
  await expect(put("/sst/passphrase/app/dev", "two")).rejects.toBeInstanceOf(
    ParameterAlreadyExists,
  );
  expect(await get("/sst/passphrase/app/dev")).toMatchObject({
    Value: "one",
    ARN: "arn:aws:ssm:us-east-1:000000000000:parameter/sst/passphrase/app/dev",
  });
  expect(await put("/sst/passphrase/app/dev", "two", true)).toMatchObject({ Version: 2 });
  expect(await get("/sst/passphrase/app/dev")).toMatchObject({ Value: "two", Version: 2 });
});

test("a deleted parameter is gone", async () => {
  await put("/short", "x");
  await aws.clients.ssm.send(new DeleteParameterCommand({ Name: "/short" }));
  await expect(get("/short")).rejects.toBeInstanceOf(ParameterNotFound);
});

test("a secure parameter is not shown to a reader who does not decrypt it", async () => {
  await put("/secure", "hidden-value");
  await expect(get("/secure", false)).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.not.stringContaining("hidden-value"),
  });
});

// Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
test("a value has at most 4,096 characters, and an account 10,000 parameters", async () => {
  expect(await put("/long", "x".repeat(4096))).toMatchObject({ Version: 1 });
  await expect(put("/longer", "x".repeat(4097))).rejects.toMatchObject({
    name: "ValidationException",
  });

  const parameters = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`/${at}`, "x"]));
  const full = createParameterStore({ ...environment, parameters });
  const putInto = (Name: string) => {
    const body = Buffer.from(JSON.stringify({ Name, Value: "x", Type: "String", Overwrite: true }));
    const request = {
      method: "POST",
      url: new URL("http://127.0.0.1/"),
      headers: new Headers(),
      body,
    };
    return full.handle({ request, operation: "PutParameter", caller: "operator" });
  };
  expect((await putInto("/1")).status).toBe(200);
  await expect(putInto("/one-more")).rejects.toMatchObject({ code: "ParameterLimitExceeded" });
});
