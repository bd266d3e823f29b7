/**
 * Web ACL capacity units.
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 * Source: https://github.com/aws/agent-toolkit-for-aws/blob/d6ad2e4/skills/specialized-skills/networking-and-content-delivery-skills/waf/references/adding-managed-rules-and-tuning-with-count-mode.md
 */
import { describe, expect, it } from "vitest";
import { createWaf } from "../../../src/services/waf/waf.ts";
import { blocks, guard, networks, environment, visibilityConfig } from "./web-acls.ts";

const waf = createWaf(environment);
const ipSet = { ipSetReferenceStatement: { arn: networks(waf, ["10.0.0.0/8"]) } };
const regexSet = waf.putRegexPatternSet({ name: "set", scope: "REGIONAL" });

const content = (types: string[] = ["NONE"], fieldToMatch: object = { uriPath: {} }) => ({
  fieldToMatch,
  textTransformations: types.map((type, priority) => ({ priority, type })),
});
const size = (types?: string[], fieldToMatch?: object) => ({
  sizeConstraintStatement: { ...content(types, fieldToMatch), comparisonOperator: "GT", size: 1 },
});
const byte = (positionalConstraint: string) => ({
  byteMatchStatement: { ...content(), positionalConstraint, searchString: "a" },
});
const group = (name: string, scopeDownStatement?: object) => ({
  managedRuleGroupStatement: { vendorName: "AWS", name, scopeDownStatement },
});

describe("a web ACL's capacity", () => {
  it.each<[string, object, number]>([
    ["an IP set", ipSet, 1],
    ["a size", size(), 1],
    ["a size with two transformations", size(["LOWERCASE", "URL_DECODE"]), 21],
    ["a size of all arguments", size(["NONE"], { allQueryArguments: {} }), 11],
    [
      "a size of JSON with a transformation",
      size(["LOWERCASE"], { jsonBody: { matchPattern: { all: {} }, matchScope: "ALL" } }),
      12,
    ],
    ["an exact string", byte("EXACTLY"), 2],
    ["a prefix", byte("STARTS_WITH"), 2],
    ["a string anywhere", byte("CONTAINS"), 10],
    ["a word", byte("CONTAINS_WORD"), 10],
    ["a regular expression", { regexMatchStatement: { ...content(), regexString: "a" } }, 3],
    [
      "a regex pattern set",
      { regexPatternSetReferenceStatement: { ...content(), arn: regexSet.arn } },
      25,
    ],
    ["a rate", { rateBasedStatement: { limit: 10 } }, 2],
    [
      "a rate by a header",
      {
        rateBasedStatement: {
          limit: 10,
          aggregateKeyType: "CUSTOM_KEYS",
          customKeys: [
            { header: { name: "a", textTransformations: [{ priority: 0, type: "NONE" }] } },
          ],
        },
      },
      32,
    ],
    ["a scoped rate", { rateBasedStatement: { limit: 10, scopeDownStatement: ipSet } }, 3],
    ["and", { andStatement: { statements: [ipSet, byte("CONTAINS")] } }, 11],
  ])("counts %s as it is documented", (_, statement, capacity) => {
    expect(guard(waf, [blocks(statement)]).capacity).toBe(capacity);
  });

  it.each([
    ["AWSManagedRulesCommonRuleSet", 700],
    ["AWSManagedRulesKnownBadInputsRuleSet", 200],
    ["AWSManagedRulesAmazonIpReputationList", 25],
  ])("counts %s as %i, and its scope-down statement on top", (name, capacity) => {
    const base = { name: "r", priority: 0, overrideAction: { none: {} }, visibilityConfig };
    expect(guard(waf, [{ ...base, statement: group(name) }]).capacity).toBe(capacity);
    expect(guard(waf, [{ ...base, statement: group(name, ipSet) }]).capacity).toBe(capacity + 1);
  });

  it("is rejected above 5,000 units", () => {
    const rules = Array.from({ length: 8 }, (_, index) => ({
      name: `r${index}`,
      priority: index,
      overrideAction: { none: {} },
      visibilityConfig,
      statement: group("AWSManagedRulesCommonRuleSet"),
    }));
    expect(guard(waf, rules.slice(1)).capacity).toBe(4900);
    expect(() => guard(waf, rules)).toThrow("5600 capacity units");
  });
});
