/**
 * Every reason for which a request for tokens is refused.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCloud, type StartedCloud } from "../../../support/test-cloud.ts";
import { callbackUrl, createLoginPages, refusal, type LoginPages } from "./login-pages.ts";

let aws: StartedCloud;
let pages: LoginPages;
beforeAll(async () => {
  aws = await startTestCloud();
  pages = await createLoginPages(aws);
});
afterAll(() => aws.stop());

describe("a request is refused", () => {
  it.each<[string, Record<string, string>, string]>([
    ["without a grant type", {}, "invalid_request"],
    ["without a code", { grant_type: "authorization_code" }, "invalid_request"],
    ["without a callback", { grant_type: "authorization_code", code: "a" }, "invalid_request"],
    ["without a refresh token", { grant_type: "refresh_token" }, "invalid_request"],
    ["for a password", { grant_type: "password" }, "unsupported_grant_type"],
    ["for client credentials", { grant_type: "client_credentials" }, "unauthorized_client"],
    ["of an unknown client", { grant_type: "refresh_token", client_id: "no" }, "invalid_client"],
    [
      "with a secret that the client does not have",
      { grant_type: "refresh_token", client_secret: "x" },
      "invalid_client",
    ],
  ])("%s", async (_, form, error) => {
    expect(await refusal(await pages.token(form))).toEqual([400, { error }]);
  });

  it("with as many parameters as a form can hold, at once", async () => {
    const names = Array.from({ length: 12_000 }, (_, at) => [at.toString(36), ""]);
    const before = process.cpuUsage();
    const answers = Array.from({ length: 8 }, () => pages.token(Object.fromEntries(names)));
    for (const response of await Promise.all(answers)) {
      expect(await refusal(response)).toEqual([400, { error: "invalid_request" }]);
    }
    // Looking each name up among all of them would take the processor many seconds, in which
    // no other request is served.
    expect(process.cpuUsage(before).user).toBeLessThan(4_000_000);
  });

  it("by a client without the code grant, or without OAuth", async () => {
    for (const settings of [
      { allowedOauthFlows: ["implicit" as const] },
      { allowedOauthFlowsUserPoolClient: false },
    ]) {
      const other = await createLoginPages(aws, {}, settings);
      const form = { grant_type: "authorization_code", code: "a", redirect_uri: callbackUrl };
      const response = await other.token(form);
      expect(await refusal(response)).toEqual([400, { error: "unauthorized_client" }]);
    }
  });

  it("of a client that does not know its secret", async () => {
    const other = await createLoginPages(aws, {}, { generateSecret: true });
    const form = { grant_type: "refresh_token", refresh_token: "any" };
    const wrong = Buffer.from(`${other.clientId}:wrong`).toString("base64");
    for (const response of [
      await other.token(form),
      await other.token({ ...form, client_secret: "wrong" }),
      await other.token(form, { authorization: `Basic ${wrong}` }),
    ]) {
      expect(await refusal(response)).toEqual([400, { error: "invalid_client" }]);
    }
  });

  it.each([
    ["two secrets", { client_secret: "x" }, "Basic YTpi"],
    ["another scheme", {}, "Bearer YTpi"],
    ["no base64", {}, "Basic ****"],
  ])("with %s", async (_, form, authorization) => {
    const response = await pages.token({ grant_type: "refresh_token", ...form }, { authorization });
    expect(await refusal(response)).toEqual([400, { error: "invalid_request" }]);
  });

  it("that is no form, is too large, or is no POST", async () => {
    const url = `${pages.login}/oauth2/token`;
    const json = await fetch(url, { method: "POST", body: "{}" });
    expect(await refusal(json)).toEqual([400, { error: "invalid_request" }]);
    const large = await pages.token({ code: "a".repeat(70_000) });
    expect(await refusal(large)).toEqual([413, { error: "invalid_request" }]);
    const get = await fetch(url);
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("with a parameter that is there twice", async () => {
    const body = new URLSearchParams({ client_id: pages.clientId, grant_type: "refresh_token" });
    body.append("refresh_token", "a");
    body.append("refresh_token", "b");
    const response = await fetch(`${pages.login}/oauth2/token`, { method: "POST", body });
    expect(await refusal(response)).toEqual([400, { error: "invalid_request" }]);
  });
});
