/** The rate limits that a stage deploys, in the local cloud's firewall: who is limited, before whom. */
import { createWaf } from "../../../packages/local/src/services/waf/waf.ts";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { DeployedStage } from "./deployed.ts";

const STAGE = "arn:aws:apigateway:us-east-1::/restapis/api/stages/prod";
const POOL = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Pool";
const schema = z.looseObject({
  rules: z.array(z.looseObject({ name: z.string(), statement: z.looseObject({}) })),
});

export function testRateLimits({ settings, graph }: DeployedStage): void {
  /** A firewall with the stage's rate-based rules, of which all but one are lifted. */
  function guard(rule: string) {
    const waf = createWaf({ region: "us-east-1", account: "000000000000", now: () => 0 });
    const webAcl = schema.parse(graph().one("aws:wafv2/webAcl:WebAcl").inputs);
    const { arn } = waf.putWebAcl({
      ...webAcl,
      name: "acl",
      rules: webAcl.rules.filter(({ name }) => name === rule),
    });
    waf.associate(arn, STAGE);
    waf.associate(arn, POOL);
    const send = (resource: string, address: string, headers: Record<string, string>) =>
      waf.evaluate(resource, {
        remoteAddress: address,
        method: "POST",
        path: "/",
        queryString: "",
        headers: Object.entries({ "user-agent": "test", ...headers }),
        requestId: "id=",
      }).action;
    return {
      signIn: (address: string) => send(POOL, address, { "x-amzn-cognito-client-id": "client" }),
      call: (address: string, token: string, scheme = "Bearer ") =>
        send(STAGE, address, { authorization: `${scheme}${token}` }),
    };
  }

  describe("the limits of callers", () => {
    it("refuse more sign-ins of one address than the setting says, and none of another", () => {
      const { signIn, call } = guard("SignInRateLimit");
      const limit = settings.firewall.signInsPerAddress ?? 0;
      for (let at = 0; at < limit; at += 1) expect(signIn("192.0.2.1")).toBe("allow");
      expect(signIn("192.0.2.1")).toBe("block");
      expect(signIn("192.0.2.2")).toBe("allow");
      expect(call("192.0.2.1", "a")).toBe("allow");
    });

    it("refuse one token before others, from whatever addresses it is used", () => {
      const { signIn, call } = guard("TokenRateLimit");
      const limit = settings.firewall.requestsPerToken ?? 0;
      for (let at = 0; at < limit; at += 1) {
        expect(call(`192.0.2.${at % 200}`, "a")).toBe("allow");
      }
      expect(call("192.0.2.1", "a")).toBe("block");
      expect(call("192.0.2.1", "b")).toBe("allow");
      expect(signIn("192.0.2.1")).toBe("allow");
    });

    it("count a token with and without its scheme apart", () => {
      const { call } = guard("TokenRateLimit");
      const limit = settings.firewall.requestsPerToken ?? 0;
      for (let at = 0; at < limit; at += 1) call("192.0.2.1", "a");
      expect(call("192.0.2.1", "a", "bearer   ")).toBe("block");
      expect(call("192.0.2.1", "a", "")).toBe("allow");
    });
  });
}
