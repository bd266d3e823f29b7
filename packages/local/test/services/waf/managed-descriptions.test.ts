/** AWS's managed rule groups: how they are described, and what of them is rejected. */
import { describe, expect, it } from "vitest";
import { describeGroup, managedGroups } from "../../../src/services/waf/managed/catalogue.ts";
import { createWaf } from "../../../src/services/waf/waf.ts";
import { guard, environment, visibilityConfig } from "./web-acls.ts";
import { common, groupRule, knownBad, override, reputation } from "./managed-groups.ts";

const limitations = (...names: string[]) =>
  createWaf(environment).limitations({
    name: "acl",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: names.map((name, priority) => ({ ...groupRule(name), name, priority })),
    visibilityConfig,
  });

function described(name: string): string {
  const group = managedGroups.find((candidate) => candidate.name === name);
  return group ? describeGroup(group) : "";
}

// AWS publishes no rule's internals.
// Source: https://github.com/KensioSoftware/yulin/issues/810
describe("the description of a group", () => {
  it("names every rule once: as described, by examples, or not at all", () => {
    expect(described(common)).toContain(
      "evaluated as documented: NoUserAgent_HEADER, SizeRestrictions_QUERYSTRING, SizeRestrictions_Cookie_HEADER, SizeRestrictions_BODY, SizeRestrictions_URIPATH; only for AWS's published examples: UserAgent_BadBots_HEADER, GenericLFI_QUERYARGUMENTS",
    );
    expect(described(common)).toContain("; not evaluated: EC2MetaDataSSRF_BODY");
    expect(described(reputation)).toBe(
      `${reputation}, any version: not evaluated: AWSManagedIPReputationList, AWSManagedReconnaissanceList, AWSManagedIPDDoSList.`,
    );
    expect(described(knownBad)).toContain(
      "; not evaluated: Host_localhost_HEADER, ReactJSRCE_BODY.",
    );
  });

  it("is one line at start-up, however many groups there are", () => {
    const text = "managed rules and IP lists work only as far as AWS publishes them";
    expect(limitations(reputation, common)).toEqual([{ service: "WAF", text }]);
  });

  it("is nothing where a web ACL asks for none", () => {
    const acl = { name: "acl", scope: "REGIONAL", defaultAction: { allow: {} }, rules: [] };
    expect(createWaf(environment).limitations({ ...acl, visibilityConfig })).toEqual([]);
  });
});

describe("a group is rejected", () => {
  it.each<[string, string, object, object]>([
    ["AWSManagedRulesSQLiRuleSet", "AWSManagedRulesSQLiRuleSet", {}, {}],
    ["Custom", "vendorName", { vendorName: "Other" }, {}],
    [common, "excludedRules", { excludedRules: [{ name: "NoUserAgent_HEADER" }] }, {}],
    [common, "managedRuleGroupConfigs", { managedRuleGroupConfigs: [] }, {}],
    [common, "version", { version: "latest" }, {}],
    [reputation, "has no versions", { version: "Version_1.0" }, {}],
    [common, "no rule Nothing", { ruleActionOverrides: [override("Nothing", "count")] }, {}],
    [common, "captcha", { ruleActionOverrides: [override("GenericLFI_BODY", "captcha")] }, {}],
    [common, "overrideAction", {}, { overrideAction: undefined }],
    [common, "overrideAction", {}, { action: { block: {} } }],
  ])("%s: for its %s", (name, reason, statement, over) => {
    const put = () => guard(createWaf(environment), [groupRule(name, statement, over)]);
    expect(put).toThrow(reason);
  });

  it("inside another statement", () => {
    const inner = { managedRuleGroupStatement: { vendorName: "AWS", name: common } };
    const rules = [groupRule(common, {}, { statement: { notStatement: { statements: [inner] } } })];
    expect(() => guard(createWaf(environment), rules)).toThrow("managedRuleGroupStatement");
  });

  it("but not for naming one of its versions", () => {
    const rules = [groupRule(common, { version: "Version_1.4" })];
    expect(guard(createWaf(environment), rules).capacity).toBe(700);
  });
});
