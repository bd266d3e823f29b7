/** The metrics of web ACLs. Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html */
import { expect, it } from "vitest";
import { createWaf } from "../../../src/services/waf/waf.ts";
import { createMeasurements } from "../../support/measurements.ts";
import { common, groupRule, knownBad, override } from "./managed-groups.ts";
import { ask, environment, guard, networks, rule, visibilityConfig } from "./web-acls.ts";

const named = (metricName: string) => ({
  visibilityConfig: { ...visibilityConfig, metricName },
});
const unmeasured = { ...visibilityConfig, cloudwatchMetricsEnabled: false };
const acl = named("firewall");

function setUp() {
  const { measure, lines, all } = createMeasurements();
  const waf = createWaf({ ...environment, measure });
  const addressRule = (name: string, action: object, priority = 0) => ({
    ...rule(name, {
      action,
      statement: { ipSetReferenceStatement: { arn: networks(waf, ["10.0.0.0/8"]) } },
    }),
    ...named(`${name}Metric`),
    priority,
  });
  return { waf, lines, all, addressRule };
}

const of = (set: string) => `WebACL=firewall,Region=us-east-1,${set}`;

// Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_VisibilityConfig.html
it("counts a request of the default action under ALL and the web ACL's own name", () => {
  const { waf, lines, all } = setUp();
  guard(waf, [], acl);
  ask(waf, "10.0.0.1");
  expect(lines()).toEqual([
    `AllowedRequests 1 None ${of("Rule=ALL")}`,
    `AllowedRequests 1 None ${of("Rule=firewall")}`,
  ]);
  expect(all[0]?.namespace).toBe("AWS/WAFV2");
});

it("counts what a rule blocks under ALL and the rule's metric name", () => {
  const { waf, lines, addressRule } = setUp();
  guard(waf, [addressRule("Bad", { block: {} })], acl);
  ask(waf, "10.0.0.1");
  expect(lines()).toEqual([
    `BlockedRequests 1 None ${of("Rule=ALL")}`,
    `BlockedRequests 1 None ${of("Rule=BadMetric")}`,
  ]);
});

it("counts a counted request once under ALL, beside what became of it", () => {
  const { waf, lines, addressRule } = setUp();
  const rules = ["One", "Other"].map((name, priority) =>
    addressRule(name, { count: {} }, priority),
  );
  guard(waf, rules, acl);
  ask(waf, "10.0.0.1");
  expect(lines()).toEqual([
    `AllowedRequests 1 None ${of("Rule=ALL")}`,
    `AllowedRequests 1 None ${of("Rule=firewall")}`,
    `CountedRequests 1 None ${of("Rule=ALL")}`,
    `CountedRequests 1 None ${of("Rule=OneMetric")}`,
    `CountedRequests 1 None ${of("Rule=OtherMetric")}`,
  ]);
});

it("publishes nothing of rules that did not match, nor of what has no metrics", () => {
  const { waf, lines, addressRule } = setUp();
  const quiet = { ...addressRule("Quiet", { count: {} }), visibilityConfig: unmeasured };
  const loud = addressRule("Loud", { count: {} }, 1);
  const visibility = { visibilityConfig: { ...unmeasured, metricName: "firewall" } };
  guard(waf, [quiet, loud], visibility);
  ask(waf, "10.0.0.1");
  ask(waf, "192.0.2.1");
  expect(lines()).toEqual([`CountedRequests 1 None ${of("Rule=LoudMetric")}`]);
});

const inside = (name: string) => of(`ManagedRuleGroup=${common},ManagedRuleGroupRule=${name}`);

it("counts what a managed group blocks under its rule, and under the rule inside", () => {
  const { waf, lines } = setUp();
  guard(waf, [groupRule(common, {}, named("Common"))], acl);
  ask(waf, { headers: [] });
  expect(lines()).toEqual([
    `BlockedRequests 1 None ${of("Rule=ALL")}`,
    `BlockedRequests 1 None ${of("Rule=Common")}`,
    `BlockedRequests 1 None ${inside("NoUserAgent_HEADER")}`,
  ]);
});

it.each([
  [
    "a group",
    {},
    { overrideAction: { count: {} } },
    [`CountedRequests 1 None ${of("Rule=Common")}`],
  ],
  ["a rule inside", { ruleActionOverrides: [override("NoUserAgent_HEADER", "count")] }, {}, []],
])("counts as counted what %s would block but for an override", (_, statement, over, ofRule) => {
  const { waf, lines } = setUp();
  guard(waf, [groupRule(common, statement, { ...named("Common"), ...over })], acl);
  ask(waf, { headers: [] });
  expect(lines()).toEqual([
    `AllowedRequests 1 None ${of("Rule=ALL")}`,
    `AllowedRequests 1 None ${of("Rule=firewall")}`,
    `CountedRequests 1 None ${of("Rule=ALL")}`,
    ...ofRule,
    `CountedRequests 1 None ${inside("NoUserAgent_HEADER")}`,
  ]);
});

it("publishes nothing of a managed group that matches nothing", () => {
  const { waf, lines } = setUp();
  guard(waf, [groupRule(knownBad, {}, named("KnownBad"))], acl);
  ask(waf, {});
  expect(lines("BlockedRequests", "CountedRequests", "PassedRequests")).toEqual([]);
});
