/** Configuration errors: what the firewall does not support, and what AWS rejects. */
import { describe, expect, it } from "vitest";
import { createWaf } from "../../../src/services/waf/waf.ts";
import {
  UnsupportedRuleError,
  WafConfigurationError,
} from "../../../src/services/waf/settings/errors.ts";
import { guard, environment, plainText, rule, stage, visibilityConfig } from "./web-acls.ts";

const put = (over: object) => () =>
  createWaf(environment).putWebAcl({
    name: "acl",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: [],
    visibilityConfig,
    ...over,
  });

const counting = rule("r", {
  action: { count: {} },
  statement: { rateBasedStatement: { limit: 10 } },
});
const inserted = { customRequestHandling: { insertHeaders: [{ name: "a", value: "b" }] } };
const limit = { defaultSizeInspectionLimit: "KB_16" };

const statement = (content: object) =>
  put({
    rules: [
      { name: "r", priority: 0, action: { count: {} }, visibilityConfig, statement: content },
    ],
  });

describe("what is rejected", () => {
  it.each([
    "asnMatchStatement",
    "geoMatchStatement",
    "labelMatchStatement",
    "ruleGroupReferenceStatement",
    "sqliMatchStatement",
    "xssMatchStatement",
  ])("%s is rejected by name", (name) => {
    expect(statement({ [name]: {} })).toThrow(UnsupportedRuleError);
    expect(statement({ [name]: {} })).toThrow(name);
  });

  it("a statement that is not supported is rejected inside another one too", () => {
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
            action: { count: { customResponse: { responseCode: 403 } } },
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
          {
            ...rule("r", {
              action: { count: {} },
              statement: { rateBasedStatement: { limit: 10 } },
            }),
            overrideAction: { none: {} },
          },
        ],
      },
    ],
    ["customRequestHandling", { rules: [{ ...counting, action: { allow: inserted } }] }],
    ["ruleLabels", { rules: [{ ...counting, ruleLabels: [{ name: "a" }] }] }],
    ["captchaConfig", { captchaConfig: {} }],
    ["challengeConfig", { challengeConfig: {} }],
    ["dataProtectionConfig", { dataProtectionConfig: {} }],
    ["tokenDomains", { tokenDomains: ["example.com"] }],
    ["cloudfront", { associationConfig: { requestBodies: [{ cloudfront: limit }] } }],
    ["ruleJson", { ruleJson: "[]" }],
    ["scope", { scope: "CLOUDFRONT" }],
  ])("%s is rejected by name", (name, over) => {
    expect(put(over)).toThrow(UnsupportedRuleError);
    expect(put(over)).toThrow(name);
  });

  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
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
    [
      "addresses of a header",
      { ipSetReferenceStatement: { arn: "a", ipSetForwardedIpConfig: { headerName: "x" } } },
    ],
    ["custom keys", { rateBasedStatement: { limit: 10, customKeys: [{ ip: {} }] } }],
    ["and of one", { andStatement: { statements: [{ ipSetReferenceStatement: { arn: "a" } }] } }],
  ])("a rule with %s is rejected", (_, content) => {
    expect(statement(content)).toThrow(UnsupportedRuleError);
  });

  it("rules that share a priority or a name are rejected", () => {
    const waf = createWaf(environment);
    const rateBased = { action: { count: {} }, statement: { rateBasedStatement: { limit: 10 } } };
    expect(() => guard(waf, [rule("a", rateBased), rule("b", rateBased)])).toThrow("priority");
    expect(() =>
      guard(waf, [rule("a", rateBased), rule("a", { ...rateBased, priority: 1 })]),
    ).toThrow("name");
  });

  it.each(["cookies", "headers", "headerOrders", "jsonBody", "uriFragment", "ja3Fingerprint"])(
    "the component %s is rejected by name",
    (component) => {
      const content = { fieldToMatch: { [component]: {} }, textTransformations: plainText };
      const size = { sizeConstraintStatement: { ...content, comparisonOperator: "GT", size: 1 } };
      expect(statement(size)).toThrow(component);
    },
  );

  it("a web ACL is rejected in front of anything but an API's stage and a user pool", () => {
    const waf = createWaf(environment);
    const { arn } = guard(waf, []);
    const balancer =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/50dc6c495c0c9188";
    expect(() => waf.associate(arn, balancer)).toThrow(balancer);
  });

  it("a rule, an association or a count of something that is not there is rejected", () => {
    const waf = createWaf(environment);
    expect(statement({ ipSetReferenceStatement: { arn: "arn:gone" } })).toThrow("arn:gone");
    expect(() => waf.associate("arn:gone", stage)).toThrow("arn:gone");
    expect(() => waf.counts("arn:gone")).toThrow(WafConfigurationError);
    expect(() =>
      waf.putIpSet({ name: "n", scope: "CLOUDFRONT", ipAddressVersion: "IPV4", addresses: [] }),
    ).toThrow("CLOUDFRONT");
  });
});
