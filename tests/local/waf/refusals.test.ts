/** What the firewall does not evaluate is refused by name when it is applied. */
import { describe, expect, it } from "vitest";
import {
  createWaf,
  UnsupportedRuleError,
  WafConfigurationError,
} from "../../../packages/local/src/waf/index.ts";
import { guard, place, rule, stage, visibilityConfig } from "./support.ts";

const put = (over: object) => () =>
  createWaf(place).putWebAcl({
    name: "acl",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: [],
    visibilityConfig,
    ...over,
  });

const statement = (content: object) =>
  put({
    rules: [
      { name: "r", priority: 0, action: { count: {} }, visibilityConfig, statement: content },
    ],
  });

describe("what is refused", () => {
  it.each([
    "asnMatchStatement",
    "byteMatchStatement",
    "geoMatchStatement",
    "labelMatchStatement",
    "managedRuleGroupStatement",
    "regexMatchStatement",
    "regexPatternSetReferenceStatement",
    "ruleGroupReferenceStatement",
    "sizeConstraintStatement",
    "sqliMatchStatement",
    "xssMatchStatement",
  ])("%s is refused by name", (name) => {
    expect(statement({ [name]: {} })).toThrow(UnsupportedRuleError);
    expect(statement({ [name]: {} })).toThrow(name);
  });

  it("a statement that is not supported is refused inside another one too", () => {
    const nested = {
      notStatement: { statements: [{ geoMatchStatement: { countryCodes: ["AQ"] } }] },
    };
    expect(statement(nested)).toThrow("geoMatchStatement");
    const rate = { notStatement: { statements: [{ rateBasedStatement: { limit: 10 } }] } };
    expect(statement(rate)).toThrow("rateBasedStatement");
  });

  it.each<[string, object]>([
    [
      "customResponse",
      {
        rules: [
          {
            ...rule("r", { action: { count: {} }, statement: {} }),
            action: { block: { customResponse: {} } },
          },
        ],
      },
    ],
    [
      "captcha",
      {
        rules: [
          { ...rule("r", { action: { count: {} }, statement: {} }), action: { captcha: {} } },
        ],
      },
    ],
    [
      "overrideAction",
      {
        rules: [
          { ...rule("r", { action: { count: {} }, statement: {} }), overrideAction: { none: {} } },
        ],
      },
    ],
    ["ruleJson", { ruleJson: "[]" }],
    ["scope", { scope: "CLOUDFRONT" }],
  ])("%s is refused by name", (name, over) => {
    expect(put(over)).toThrow(UnsupportedRuleError);
    expect(put(over)).toThrow(name);
  });

  it.each<[string, object]>([
    ["no statement", {}],
    [
      "two statements",
      { rateBasedStatement: { limit: 10 }, ipSetReferenceStatement: { arn: "a" } },
    ],
    ["a limit below 10", { rateBasedStatement: { limit: 9 } }],
    ["another window", { rateBasedStatement: { limit: 10, evaluationWindowSec: 61 } }],
    [
      "forwarded addresses",
      { rateBasedStatement: { limit: 10, aggregateKeyType: "FORWARDED_IP" } },
    ],
    ["and of one", { andStatement: { statements: [{ ipSetReferenceStatement: { arn: "a" } }] } }],
  ])("a rule with %s is refused", (_, content) => {
    expect(statement(content)).toThrow(UnsupportedRuleError);
  });

  it("rules that share a priority or a name are refused", () => {
    const waf = createWaf(place);
    const rateBased = { action: { count: {} }, statement: { rateBasedStatement: { limit: 10 } } };
    expect(() => guard(waf, [rule("a", rateBased), rule("b", rateBased)])).toThrow("priority");
    expect(() =>
      guard(waf, [rule("a", rateBased), rule("a", { ...rateBased, priority: 1 })]),
    ).toThrow("name");
  });

  it("a rule, an association or a count of something that is not there is refused", () => {
    const waf = createWaf(place);
    expect(statement({ ipSetReferenceStatement: { arn: "arn:gone" } })).toThrow("arn:gone");
    expect(() => waf.associate("arn:gone", stage)).toThrow("arn:gone");
    expect(() => waf.counts("arn:gone")).toThrow(WafConfigurationError);
    expect(() =>
      waf.putIpSet({ name: "n", scope: "CLOUDFRONT", ipAddressVersion: "IPV4", addresses: [] }),
    ).toThrow("CLOUDFRONT");
  });
});
