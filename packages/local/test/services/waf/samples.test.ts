/** Sampled requests. */
import { describe, expect, it } from "vitest";
import { createWaf } from "../../../src/services/waf/waf.ts";
import { heldBytes } from "../../support/memory.ts";
import { ask, blocks, guard, environment, plainText, rule, visibilityConfig } from "./web-acls.ts";

const onPath = (searchString: string) => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: "STARTS_WITH",
    searchString,
    textTransformations: plainText,
  },
});

/** Every request comes in the same millisecond. */
function serve(rules: object[], over: object = {}) {
  const waf = createWaf({ ...environment, now: () => 0 });
  const { arn } = guard(waf, rules, over);
  const shown = () =>
    waf.samples(arn).map(({ rule: name, action, request }) => [name, action, request.uri]);
  return { waf, arn, shown };
}

describe("samples", () => {
  it("are kept of each rule that matched and of the default action", () => {
    const counts = rule("counts", {
      priority: 0,
      action: { count: {} },
      statement: onPath("/"),
    });
    const { waf, shown } = serve([counts, { ...blocks(onPath("/bad")), priority: 1 }]);
    ask(waf, { path: "/bad" });
    ask(waf, { path: "/good" });
    expect(shown()).toEqual([
      ["counts", "count", "/bad"],
      ["r", "block", "/bad"],
      ["counts", "count", "/good"],
      ["Default_Action", "allow", "/good"],
    ]);
  });

  it("name the rule of the group that decided", () => {
    const statement = {
      managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
    };
    const group = { name: "g", priority: 0, overrideAction: { count: {} }, visibilityConfig };
    const { waf, arn } = serve([{ ...group, statement }]);
    ask(waf, { headers: [] });
    expect(waf.samples(arn)).toMatchObject([
      { rule: "g", groupRule: "NoUserAgent_HEADER", action: "count" },
      { rule: "Default_Action", action: "allow" },
    ]);
  });

  it("are the newest hundred of a rule", () => {
    const { waf, shown } = serve([blocks(onPath("/bad"))]);
    for (let count = 0; count < 105; count += 1) ask(waf, { path: `/bad${count}` });
    expect(shown()).toHaveLength(100);
    expect(shown().at(0)).toEqual(["r", "block", "/bad5"]);
    expect(shown().at(-1)).toEqual(["r", "block", "/bad104"]);
  });

  it("are fewer when they are large: a megabyte of a rule, measured", async () => {
    const rules = Array.from({ length: 8 }, (_, at) =>
      rule(`r${at}`, { priority: at, action: { count: {} }, statement: onPath("/") }),
    );
    const { waf, arn } = serve(rules);
    const before = await heldBytes();
    for (let count = 0; count < 500; count += 1) {
      const headers = Array.from({ length: 150 }, (_, at): [string, string] => [
        `h${at}`,
        `${count} ${"v".repeat(40)}`,
      ]);
      ask(waf, { path: `/${count}${"p".repeat(4_000)}`, queryString: "q".repeat(4_000), headers });
    }
    expect((await heldBytes()) - before).toBeLessThan(10 * 1024 * 1024);
    expect(waf.samples(arn).length).toBeGreaterThan(100);
    expect(waf.samples(arn).length).toBeLessThan(900);
  });

  it("are not kept where the visibility configuration says no", () => {
    const silent = { ...visibilityConfig, sampledRequestsEnabled: false };
    const one = serve([{ ...blocks(onPath("/bad")), visibilityConfig: silent }]);
    ask(one.waf, { path: "/bad" });
    ask(one.waf, { path: "/good" });
    expect(one.shown()).toEqual([["Default_Action", "allow", "/good"]]);

    const other = serve([blocks(onPath("/bad"))], { visibilityConfig: silent });
    ask(other.waf, { path: "/bad" });
    ask(other.waf, { path: "/good" });
    expect(other.shown()).toEqual([["r", "block", "/bad"]]);
  });

  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging.html
  it("never show credentials, and what else the log redacts, as on AWS", () => {
    const { waf, arn } = serve([]);
    const logDestinationConfigs = [
      "arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-api",
    ];
    const redactedFields = [{ queryString: {} }, { singleHeader: { name: "accept" } }];
    waf.putLogging(arn, { logDestinationConfigs, redactedFields }, () => () => undefined);
    ask(waf, {
      queryString: "shown",
      headers: [
        ["Authorization", "secret"],
        ["Cookie", "secret"],
        ["Proxy-Authorization", "secret"],
        ["X-Api-Key", "secret"],
        ["Accept", "shown"],
      ],
      body: Buffer.from("secret"),
    });
    expect(JSON.stringify(waf.samples(arn))).not.toContain("secret");
    expect(waf.samples(arn)[0]?.request).toMatchObject({ args: "shown" });
    expect(waf.samples(arn)[0]?.request.headers).toContainEqual({ name: "Accept", value: "shown" });
  });

  it("are asked of a web ACL that is there", () => {
    expect(() => createWaf(environment).samples("arn:gone")).toThrow("arn:gone");
  });
});
