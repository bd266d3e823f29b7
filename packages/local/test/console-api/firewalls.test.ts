/** Firewalls in the console's API. */
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type * as z from "zod";
import { firewallsSchema } from "../../src/console-api/firewalls-view.ts";
import { ask, stage, visibilityConfig } from "../services/waf/web-acls.ts";
import { createTestCloud, type TestCloud } from "../support/test-cloud.ts";
import { openApi } from "./api-client.ts";

const base = { parent: "", custom: true, ignoreChanges: [], dependencies: {}, dependsOn: [] };
const rule = {
  name: "Common",
  priority: 0,
  visibilityConfig,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
  },
};
const settings = {
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  rules: [rule],
  visibilityConfig,
};

let cloud: TestCloud;
let firewalls: () => Promise<z.infer<typeof firewallsSchema>["firewalls"]>;
beforeEach(async () => {
  cloud = createTestCloud();
  onTestFinished(() => cloud.stop());
  const { call, deployments } = openApi(cloud);
  firewalls = async () => firewallsSchema.parse((await call("GET", "/firewalls")).json).firewalls;
  deployments.begin("test");
  const inputs = { name: "Firewall", ...settings };
  const type = "aws:wafv2/webAcl:WebAcl";
  const { outputs } = await deployments.apply({ ...base, type, name: "F", urn: "urn:F", inputs });
  await deployments.complete();
  cloud.waf.associate(String(outputs["arn"]), stage);
});

describe("a firewall", () => {
  it("has each rule, the rules of a group below it, and the default action last", async () => {
    ask(cloud.waf, { path: "/<script>" });
    ask(cloud.waf, { path: "/good" });
    expect(await firewalls()).toMatchObject([
      {
        name: "Firewall",
        rules: [
          { rule: "Common", groupRule: "", allowed: 0, blocked: 1, counted: 0 },
          { rule: "Common", groupRule: "CrossSiteScripting_URIPATH", blocked: 1 },
          { rule: "Default_Action", groupRule: "", allowed: 1, blocked: 0, counted: 0 },
        ],
      },
    ]);
  });

  it("has the samples, newest first, without e-mail addresses", async () => {
    ask(cloud.waf, { path: "/<script>" });
    cloud.advance(1_000);
    ask(cloud.waf, { path: "/users/ada@example.com" });
    const [firewall] = await firewalls();
    expect(firewall?.samples).toMatchObject([
      { rule: "Default_Action", groupRule: "", action: "allow", uri: "/users/***" },
      { rule: "Common", groupRule: "CrossSiteScripting_URIPATH", action: "block" },
    ]);
  });
});
