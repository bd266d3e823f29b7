/**
 * The firewall in front of a stage.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
 */
import { describe, expect, it } from "vitest";
import { block } from "./firewall.ts";
import { createHarness, deploy, outcome } from "./gateway-harness.ts";

function serve(action: { block: object } | { count: object }) {
  const harness = createHarness();
  const { stage } = deploy(harness, [{ path: "/guarded", pools: ["us-east-1_Pool00000"] }], {
    accessLogFormat:
      "$context.status $context.wafResponseCode $context.waf.status $context.webaclArn",
  });
  const acl = block(harness, stage.arn, "192.0.2.0/24", action);
  return { ...harness, webAclArn: acl.arn };
}

describe("the firewall", () => {
  // Source: https://aws.amazon.com/premiumsupport/knowledge-center/api-gateway-troubleshoot-403-forbidden/
  // Source: https://repost.aws/questions/QUT-Ts0igfSrCdZdWeuzwLCA/ (a blocked request has its line)
  it.each(["/guarded", "/nowhere"])(
    "answers %s from a blocked address 403 Forbidden, before route and authorizer",
    async (path) => {
      const { send, logs, webAclArn } = serve({ block: {} });
      expect(await outcome(await send(path, { remoteAddress: "192.0.2.1" }))).toEqual({
        status: 403,
        errorType: "ForbiddenException",
        body: '{"message":"Forbidden"}',
      });
      expect(logs.map(({ line }) => line)).toEqual([`403 WAF_BLOCK 403 ${webAclArn}`]);
    },
  );

  it("lets other addresses on to the authorizer", async () => {
    const { send, logs, webAclArn } = serve({ block: {} });
    expect((await send("/guarded")).status).toBe(401);
    expect(logs.map(({ line }) => line)).toEqual([`401 WAF_ALLOW 200 ${webAclArn}`]);
  });

  it("does not believe X-Forwarded-For", async () => {
    const { send } = serve({ block: {} });
    const headers = { "x-forwarded-for": "203.0.113.1" };
    const blocked = await send("/guarded", { remoteAddress: "192.0.2.1", headers });
    expect(blocked.status).toBe(403);
    const forged = await send("/guarded", { headers: { "x-forwarded-for": "192.0.2.1" } });
    expect(forged.status).toBe(401);
  });

  it("only counts by a rule that counts", async () => {
    const { send, waf, webAclArn } = serve({ count: {} });
    expect((await send("/guarded", { remoteAddress: "::ffff:192.0.2.1" })).status).toBe(401);
    expect(waf.counts(webAclArn)).toEqual({
      rules: [{ rule: "r", allowed: 0, blocked: 0, counted: 1 }],
      defaultAction: { allowed: 1, blocked: 0 },
    });
  });
});
