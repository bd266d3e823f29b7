/**
 * Custom responses of web ACLs, in place of 403.
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-response-for-blocked-requests.html
 */
import { describe, expect, it } from "vitest";
import type { WafLogEvent } from "../../../src/services/waf/web-acl.ts";
import { createHarness, deploy } from "../api-gateway/gateway-harness.ts";
import { networks, rule, visibilityConfig } from "./web-acls.ts";

const logDestinationConfigs = ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-api"];
const page = { key: "page", content: "<p>Not here.</p>", contentType: "TEXT_HTML" };

/** A stage whose web ACL blocks every request, and whose API has a gateway response. */
function serve(customResponse: object, over: object = {}) {
  const harness = createHarness();
  const { apis, waf } = harness;
  const accessLogFormat =
    "$context.status $context.waf.status $context.wafResponseCode $context.error.responseType";
  const { id: restApiId, stage } = deploy(harness, [{ path: "/a" }]);
  apis.putGatewayResponse({
    restApiId,
    responseType: "WAF_FILTERED",
    statusCode: "418",
    responseTemplates: { "application/json": '"the API\'s own"' },
  });
  const { id: deploymentId } = apis.deploy({ restApiId });
  const accessLogSettings = { destinationArn: "arn:log-group", format: accessLogFormat };
  apis.putStage({ restApiId, stageName: "local", deploymentId, accessLogSettings });
  const statement = { ipSetReferenceStatement: { arn: networks(waf, ["127.0.0.0/8"]) } };
  const { arn } = waf.putWebAcl({
    name: "acl",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: [rule("r", { action: { block: { customResponse } }, statement })],
    visibilityConfig,
    ...over,
  });
  waf.associate(arn, stage.arn);
  const events: WafLogEvent[] = [];
  waf.putLogging(arn, { logDestinationConfigs }, () => (event) => {
    events.push(event);
  });
  return { ...harness, events };
}

describe("a custom response", () => {
  it("goes to the client as it is, before the API's own gateway response", async () => {
    const location = { name: "Location", value: "https://example.com/sorry" };
    const { send } = serve(
      { responseCode: 302, customResponseBodyKey: "page", responseHeaders: [location] },
      { customResponseBodies: [page] },
    );
    const response = await send("/a");
    expect(response.status).toBe(302);
    expect(await response.text()).toBe("<p>Not here.</p>");
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "text/html",
      location: "https://example.com/sorry",
      "x-amz-apigw-id": expect.stringMatching(/=$/),
      "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  // Assumed: AWS does not say what is sent without a body.
  it.each([
    [429, {}],
    [204, { customResponseBodyKey: "page" }],
  ])("of status %i with %j has no body", async (responseCode, more) => {
    const { send } = serve({ responseCode, ...more }, { customResponseBodies: [page] });
    const response = await send("/a");
    expect(response.status).toBe(responseCode);
    expect(await response.text()).toBe("");
  });

  it("is the default action's as well", async () => {
    const customResponse = { responseCode: 404 };
    const { send } = serve({}, { rules: [], defaultAction: { block: { customResponse } } });
    expect((await send("/a")).status).toBe(404);
  });

  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html
  it("has its status in both logs", async () => {
    const { send, logs, events } = serve({ responseCode: 429 });
    await send("/a");
    expect(logs.map(({ line }) => line)).toEqual(["429 429 WAF_BLOCK WAF_FILTERED"]);
    expect(JSON.parse(events[0]?.message ?? "")).toMatchObject({
      action: "BLOCK",
      responseCodeSent: 429,
    });
  });

  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-response-status-codes.html
  // Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_CustomResponse.html
  it.each<[named: string, response: object, over?: object]>([
    ["responseCode", { responseCode: 418 }],
    ["responseCode", {}],
    ['no custom response body "gone"', { responseCode: 403, customResponseBodyKey: "gone" }],
    ["name", { responseCode: 403, responseHeaders: [{ name: "Content-Type", value: "a/b" }] }],
    ["value", { responseCode: 403, responseHeaders: [{ name: "a", value: "1\r\nb: 2" }] }],
    [
      "the same name",
      {
        responseCode: 403,
        responseHeaders: ["a", "A"].map((name) => ({ name, value: "1" })),
      },
    ],
    [
      "contentType",
      { responseCode: 403 },
      { customResponseBodies: [{ ...page, contentType: "IMAGE_PNG" }] },
    ],
    [
      "content",
      { responseCode: 403 },
      { customResponseBodies: [{ ...page, content: "x".repeat(10_241) }] },
    ],
  ])("is rejected with a fault that is named: %s, %j", (named, response, over) => {
    expect(() => serve(response, over)).toThrow(named);
  });
});
