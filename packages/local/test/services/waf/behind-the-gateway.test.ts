/** The gateway's requests to the firewall, and its log of the decisions. */
import { describe, expect, it } from "vitest";
import type { WafLogEvent } from "../../../src/services/waf/web-acl.ts";
import { createHarness, deploy } from "../api-gateway/gateway-harness.ts";
import { blocks, plainText, visibilityConfig } from "./web-acls.ts";

const logDestinationConfigs = ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-api"];
const accessLogFormat =
  "$context.wafResponseCode $context.waf.status $context.waf.error $context.waf.latency";

/** A stage behind a web ACL that blocks bodies of over 20 bytes. */
function serve() {
  const harness = createHarness();
  const { stage, id } = deploy(harness, [{ path: "/open" }, { path: "/open", method: "POST" }], {
    accessLogFormat,
  });
  const sizeConstraintStatement = {
    fieldToMatch: { body: {} },
    comparisonOperator: "GT",
    size: 20,
    textTransformations: plainText,
  };
  const { arn } = harness.waf.putWebAcl({
    name: "acl",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: [blocks({ sizeConstraintStatement })],
    visibilityConfig,
  });
  harness.waf.associate(arn, stage.arn);
  const events: WafLogEvent[] = [];
  harness.waf.putLogging(arn, { logDestinationConfigs }, () => (event) => {
    events.push(event);
  });
  return { ...harness, apiId: id, events };
}

describe("a stage behind the firewall", () => {
  it.each([
    ["/open?a=1&b=2", {}],
    ["/local/open?a=1&b=2", { host: "API.execute-api.us-east-1.amazonaws.com" }],
    ["/_aws/execute-api/API/local/open?a=1&b=2", {}],
  ])("asks about %s as AWS's own host would", async (path, headers) => {
    const { send, events, apiId } = serve();
    const named = Object.entries(headers).map(([name, value]) => [
      name,
      value.replace("API", apiId),
    ]);
    const response = await send(path.replace("API", apiId), {
      headers: Object.fromEntries(named),
    });
    expect(response.status).toBe(200);
    expect(JSON.parse(events[0]?.message ?? "")).toMatchObject({
      httpSourceId: `123456789012:${apiId}:local`,
      httpRequest: {
        uri: "/local/open",
        args: "a=1&b=2",
        clientIp: "127.0.0.1",
        requestId: response.headers.get("x-amz-apigw-id"),
      },
    });
  });

  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
  it("blocks by what is in the body, and says so in the access log", async () => {
    const { send, logs } = serve();
    const post = (body: string) => send("/open", { method: "POST", body });
    expect((await post("x".repeat(21))).status).toBe(403);
    expect((await post("x".repeat(20))).status).toBe(200);
    expect(logs.map(({ line }) => line.replace(/\d+$/, "N"))).toEqual([
      "WAF_BLOCK 403 - N",
      "WAF_ALLOW 200 - N",
    ]);
  });
});
