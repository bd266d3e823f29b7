/**
 * What a deployment still contains: Pulumi creates it before it deletes what the program has left out
 * or replaced: https://github.com/pulumi/pulumi-aws/issues/3289 and
 * https://github.com/pulumi/pulumi-aws/issues/3683
 */
import { beforeEach, describe, expect, it } from "vitest";
import {
  createAccount,
  type Declared,
  type Options,
  ordersProgram,
  type Outputs,
  urnOf,
} from "./deployed-api.ts";

type Changes = Parameters<typeof ordersProgram>[0];

let account: ReturnType<typeof createAccount>;
beforeEach(() => {
  account = createAccount();
});

const again = (version: number) => ({ "Deployment Now": { triggers: { version: `${version}` } } });

const preflightOf = (of: Outputs) => ({
  restApi: of("RestApi Api"),
  resourceId: of("Resource Orders"),
  httpMethod: "OPTIONS",
});

/** A preflight that a mock integration responds to. */
const preflight: Declared[] = [
  ["Method Preflight", (of) => ({ ...preflightOf(of), authorization: "NONE" })],
  [
    "Integration Preflight",
    (of) => ({
      ...preflightOf(of),
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode":204}' },
    }),
  ],
  ["MethodResponse Preflight", (of) => ({ ...preflightOf(of), statusCode: "204" })],
  ["IntegrationResponse Preflight", (of) => ({ ...preflightOf(of), statusCode: "204" })],
];

const withPreflight = (program: Declared[]) => [
  ...program.slice(0, 3),
  ...preflight,
  ...program.slice(3),
];

const typeOf = async (method: string) =>
  (await account.send("/orders", { method })).headers.get("x-amzn-ErrorType");
const status = async (method: string) => (await account.send("/orders", { method })).status;

/** Whether the response to a request that is rejected has the header of the gateway response. */
const isCustomized = async (key: string) => {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  const response = await account.send("/orders", { method: "POST", headers, body: "{}" });
  return response.headers.has("x-content-type-options");
};

describe("what is removed", () => {
  it("is served until there is another deployment: a route", async () => {
    await account.deploy(withPreflight(ordersProgram()));
    expect(await status("OPTIONS")).toBe(204);
    await account.deploy(ordersProgram(again(2)));
    expect(await status("OPTIONS")).toBe(204);
    await account.deploy(ordersProgram(again(3)));
    expect(await status("OPTIONS")).toBe(403);
  });

  it("is served until there is another deployment: a gateway response", async () => {
    const hasHeader = async () =>
      (await account.send("/orders", { method: "POST" })).headers.has("x-content-type-options");
    await account.deploy(ordersProgram());
    const without = { "Response Errors": undefined };
    await account.deploy(ordersProgram({ ...without, ...again(2) }));
    expect(await hasHeader()).toBe(true);
    await account.deploy(ordersProgram({ ...without, ...again(3) }));
    expect(await hasHeader()).toBe(false);
  });
});

describe("what is replaced", () => {
  const otherType = { "Response Errors": { responseType: "INVALID_API_KEY" } };

  it("is served until there is another deployment", async () => {
    await account.deploy(ordersProgram());
    const { of } = await account.deploy(ordersProgram({ ...otherType, ...again(2) }));
    const key = of("ApiKey Client", "value");
    expect([await isCustomized("made-up"), await isCustomized(key)]).toEqual([true, true]);
    await account.deploy(ordersProgram({ ...otherType, ...again(3) }));
    expect([await isCustomized("made-up"), await isCustomized(key)]).toEqual([true, false]);
  });

  it("is gone at once when it is deleted before its replacement", async () => {
    await account.deploy(ordersProgram());
    const options = { "Response Errors": { deleteBeforeReplace: true } };
    const program = ordersProgram({ ...otherType, ...again(2) }, options);
    const key = (await account.deploy(program)).of("ApiKey Client", "value");
    expect([await isCustomized("made-up"), await isCustomized(key)]).toEqual([true, false]);
  });
});

// The provider deletes an integration before it creates another one in its place (recorded:
// DeleteBeforeReplace of aws_api_gateway_integration in pulumi/pulumi-aws).
describe("a method under another name", () => {
  const put = { httpMethod: "PUT" };
  const renamed = (version: number) => ({
    "Method Post": put,
    "Integration Post": put,
    ...again(version),
  });
  const integration = {
    dependencies: { httpMethod: [urnOf("Method Post")] },
  };
  const triggered = {
    dependencies: { triggers: [urnOf("Integration Post")] },
  };
  const rename = async (options: Readonly<Record<string, Options>>, changes?: Changes) => {
    await account.deploy(ordersProgram({}, options));
    return account.deploy(ordersProgram(changes ?? renamed(2), options));
  };

  it("cannot be deployed while the old one stands without its integration", async () => {
    await expect(rename({ "Integration Post": integration })).rejects.toThrow("has no integration");
    expect(await status("POST")).toBe(403);
    expect(await typeOf("POST")).toBe("ForbiddenException");
  });

  it("is served, and the old one is not, when that is deleted first", async () => {
    await rename({
      "Method Post": { deleteBeforeReplace: true },
      "Integration Post": integration,
    });
    expect(await typeOf("POST")).toBe("MissingAuthenticationTokenException");
    expect(await typeOf("PUT")).toBe("ForbiddenException");
  });

  it("would take the deployment that is served with it, whose triggers depend on it", async () => {
    const options = { "Integration Post": integration, "Deployment Now": triggered };
    await expect(rename(options)).rejects.toThrow("is served by a stage");
  });
});
