/** The firewall: IP sets, logical and rate-based statements, priorities, rule metrics. */
import { describe, expect, it } from "vitest";
import { createWaf } from "../../../src/services/waf/waf.ts";
import { WafConfigurationError } from "../../../src/services/waf/settings/errors.ts";
import { ask, guard, networks, environment, rule, stage, visibilityConfig } from "./web-acls.ts";

describe("IP sets", () => {
  it.each([
    ["IPV4", "192.0.2.0/24", "192.0.2.77", "192.0.3.1"],
    ["IPV4", "127.0.0.1/32", "127.0.0.1", "127.0.0.2"],
    ["IPV6", "2001:db8::/32", "2001:db8:0:1::9", "2001:db9::1"],
    ["IPV6", "::1/128", "::1", "127.0.0.1"],
  ])("an %s set of %s holds %s and not %s", (version, network, inside, outside) => {
    const waf = createWaf(environment);
    const arn = networks(waf, [network], version);
    guard(waf, [
      rule("r", { action: { block: {} }, statement: { ipSetReferenceStatement: { arn } } }),
    ]);
    expect(ask(waf, inside).action).toBe("block");
    expect(ask(waf, outside).action).toBe("allow");
  });

  it.each([
    ["IPV4", "0.0.0.0/0"],
    ["IPV4", "192.0.2.1"],
    ["IPV4", "192.0.2.0/33"],
    // Source: https://github.com/aws/aws-cdk/issues/20003
    ["IPV4", "195.178.188.66/29"],
    ["IPV4", "10.0.0.1/8"],
    ["IPV4", "2001:db8::/32"],
    ["IPV6", "192.0.2.0/24"],
    ["IPV6", "::/0"],
    ["IPV4", "192.0.2.0/24/8"],
    ["IPV4", "host/24"],
    ["IPV9", "192.0.2.0/24"],
  ])("an %s set rejects %s", (version, network) => {
    expect(() => networks(createWaf(environment), [network], version)).toThrow(
      WafConfigurationError,
    );
  });

  it("applies new addresses of a set to the rules that refer to it", () => {
    const waf = createWaf(environment);
    const set = { name: "set", scope: "REGIONAL", ipAddressVersion: "IPV4" };
    const { id, arn } = waf.putIpSet({ ...set, addresses: ["192.0.2.0/24"] });
    guard(waf, [
      rule("r", { action: { block: {} }, statement: { ipSetReferenceStatement: { arn } } }),
    ]);
    waf.putIpSet({ ...set, id, addresses: ["198.51.100.0/24"] });
    expect(ask(waf, "192.0.2.1").action).toBe("allow");
    expect(ask(waf, "198.51.100.1").action).toBe("block");
  });

  it("keeps a set that a rule refers to, and lets it go once no rule does", () => {
    const waf = createWaf(environment);
    const { id, arn } = waf.putIpSet({
      name: "set",
      scope: "REGIONAL",
      ipAddressVersion: "IPV4",
      addresses: ["192.0.2.0/24"],
    });
    const refersDeep = {
      andStatement: {
        statements: [
          { notStatement: { statements: [{ ipSetReferenceStatement: { arn } }] } },
          { ipSetReferenceStatement: { arn: networks(waf, ["10.0.0.0/8"]) } },
        ],
      },
    };
    const acl = guard(waf, [
      rule("r", {
        action: { block: {} },
        statement: { rateBasedStatement: { limit: 10, scopeDownStatement: refersDeep } },
      }),
    ]);
    expect(() => waf.deleteIpSet(id)).toThrow("still in use");
    waf.disassociate(stage);
    waf.deleteWebAcl(acl.id);
    waf.deleteIpSet(id);
    const again = () =>
      guard(waf, [
        rule("r", { action: { block: {} }, statement: { ipSetReferenceStatement: { arn } } }),
      ]);
    expect(again).toThrow("does not exist");
  });
});

describe("rules", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-rule-actions.html
  it("go by ascending priority: count goes on, the first allow or block ends", () => {
    const waf = createWaf(environment);
    const here = { ipSetReferenceStatement: { arn: networks(waf, ["127.0.0.1/32"]) } };
    const { arn } = guard(
      waf,
      [
        rule("never", { priority: 9, action: { block: {} }, statement: here }),
        rule("allows", { priority: 5, action: { allow: {} }, statement: here }),
        rule("counts", { priority: 1, action: { count: {} }, statement: here }),
      ],
      { defaultAction: { block: {} } },
    );
    expect(ask(waf, "127.0.0.1")).toEqual({
      action: "allow",
      matched: [
        { rule: "counts", type: "REGULAR", action: "count" },
        { rule: "allows", type: "REGULAR", action: "allow" },
      ],
      webAclArn: arn,
    });
    expect(ask(waf, "192.0.2.1")).toEqual({ action: "block", matched: [], webAclArn: arn });
    expect(waf.counts(arn)).toEqual({
      rules: [
        { rule: "counts", allowed: 0, blocked: 0, counted: 1 },
        { rule: "allows", allowed: 1, blocked: 0, counted: 0 },
        { rule: "never", allowed: 0, blocked: 0, counted: 0 },
      ],
      defaultAction: { allowed: 0, blocked: 1 },
    });
  });

  it.each([
    ["one statement", (narrow: object) => ({ statement: narrow })],
    [
      "a list of one, as older versions of the AWS provider have it",
      (narrow: object) => ({ statements: [narrow] }),
    ],
  ])("combine statements by and, or, not with %s", (_how, negated) => {
    const waf = createWaf(environment);
    const wide = { ipSetReferenceStatement: { arn: networks(waf, ["10.0.0.0/8"]) } };
    const narrow = { ipSetReferenceStatement: { arn: networks(waf, ["10.1.0.0/16"]) } };
    const other = { ipSetReferenceStatement: { arn: networks(waf, ["192.0.2.0/24"]) } };
    const not = { notStatement: negated(narrow) };
    const wideButNotNarrow = { andStatement: { statements: [wide, not] } };
    const { capacity } = guard(waf, [
      rule("r", {
        action: { block: {} },
        statement: { orStatement: { statements: [wideButNotNarrow, other] } },
      }),
    ]);
    expect(
      ["10.2.0.1", "10.1.0.1", "192.0.2.9", "203.0.113.1"].map((ip) => ask(waf, ip).action),
    ).toEqual(["block", "allow", "block", "allow"]);
    expect(capacity).toBe(3);
  });

  it("let everything pass to a resource without a web ACL", () => {
    const waf = createWaf(environment);
    const { arn } = guard(waf, [], { defaultAction: { block: {} } });
    expect(ask(waf, "127.0.0.1").action).toBe("block");
    waf.disassociate(stage);
    expect(ask(waf, "127.0.0.1")).toEqual({ action: "allow", matched: [] });
    expect(waf.counts(arn).defaultAction.blocked).toBe(1);
  });

  it("change with their web ACL, which stays in front of the resource", () => {
    const waf = createWaf(environment);
    const { id } = guard(waf, []);
    waf.putWebAcl({
      id,
      name: "acl",
      scope: "REGIONAL",
      defaultAction: { block: {} },
      rules: [],
      visibilityConfig,
    });
    expect(ask(waf, "127.0.0.1").action).toBe("block");
    expect(() => waf.deleteWebAcl(id)).toThrow("still in use");
  });
});

describe("rate-based statements", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-caveats.html
  it.each([60, 120, 300, 600])("match an address only above its limit in %i s", (seconds) => {
    let now = 1_000_000;
    const waf = createWaf({ ...environment, now: () => now });
    guard(waf, [
      rule("r", {
        action: { block: {} },
        statement: { rateBasedStatement: { limit: 10, evaluationWindowSec: seconds } },
      }),
    ]);
    const actions = Array.from({ length: 11 }, () => ask(waf, "192.0.2.1").action);
    expect(actions).toEqual([...Array.from({ length: 10 }, () => "allow"), "block"]);
    expect(ask(waf, "192.0.2.2").action).toBe("allow");
    now += (seconds - 1) * 1000;
    expect(ask(waf, "192.0.2.1").action).toBe("block");
    now += seconds * 1000;
    expect(ask(waf, "192.0.2.1").action).toBe("allow");
  });

  it("count only what their scope-down statement matches, in a window of 300 s by default", () => {
    let now = 0;
    const waf = createWaf({ ...environment, now: () => now });
    const scopeDownStatement = { ipSetReferenceStatement: { arn: networks(waf, ["10.0.0.0/8"]) } };
    guard(waf, [
      rule("r", {
        action: { block: {} },
        statement: { rateBasedStatement: { limit: 10, scopeDownStatement } },
      }),
    ]);
    const flood = (ip: string) => Array.from({ length: 11 }, () => ask(waf, ip).action).at(-1);
    expect(flood("10.0.0.1")).toBe("block");
    expect(flood("192.0.2.1")).toBe("allow");
    now = 299_000;
    expect(ask(waf, "10.0.0.1").action).toBe("block");
  });
});
