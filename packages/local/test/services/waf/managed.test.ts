/** AWS's managed rule groups: the evaluated rules, and overrides of their actions. */
import { describe, expect, it } from "vitest";
import { createWaf } from "../../../src/services/waf/waf.ts";
import type { WafRequest } from "../../../src/services/waf/inspection/request.ts";
import { ask, bytes, guard, networks, environment } from "./web-acls.ts";
import { common, groupRule, knownBad, override, reputation } from "./managed-groups.ts";

type Asked = Partial<WafRequest>;

/** The rules of a group that match a request, with their actions. */
function matchesOf(name: string, request: Asked): string[] {
  const waf = createWaf(environment);
  guard(waf, [groupRule(name)]);
  const { action, matched } = ask(waf, request);
  const rules = matched.flatMap(({ group }) => group?.matched ?? []).map(({ rule }) => rule);
  expect(action).toBe(rules.length > 0 ? "block" : "allow");
  return rules;
}

const agent = (value: string): Asked => ({ headers: [["user-agent", value]] });
const cookie = (value: string): Asked => ({
  headers: [
    ["user-agent", "test"],
    ["cookie", value],
  ],
});
const path = (value: string): Asked => ({ path: value });
const query = (value: string): Asked => ({ queryString: value });
const body = (value: string): Asked => ({ body: bytes(value) });
const after = (header: [string, string], ...before: [string, string][]): Asked => ({
  headers: [...before, header],
});
const padded = (before: number): Asked => body(`${"a".repeat(before)}\${jndi:x}`);

describe("the evaluated rules", () => {
  // Each an attack as AWS describes it, and a near miss.
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
  it.each<[group: string, rule: string, attack: Asked, nearMiss: Asked]>([
    [common, "NoUserAgent_HEADER", { headers: [] }, agent("")],
    [common, "UserAgent_BadBots_HEADER", agent("Nessus 10"), agent("curl/8 map")],
    [common, "UserAgent_BadBots_HEADER", agent("nmap scripting"), agent("n-map")],
    [common, "SizeRestrictions_QUERYSTRING", query("q".repeat(2049)), query("q".repeat(2048))],
    [
      common,
      "SizeRestrictions_Cookie_HEADER",
      cookie("c".repeat(10_241)),
      cookie("c".repeat(10_240)),
    ],
    [common, "SizeRestrictions_BODY", body("b".repeat(8193)), body("b".repeat(8192))],
    [common, "SizeRestrictions_URIPATH", path("p".repeat(1025)), path("p".repeat(1024))],
    [common, "GenericLFI_QUERYARGUMENTS", query("f=..%2F..%2Fetc"), query("f=../etc")],
    [common, "GenericLFI_URIPATH", path("/a/../../etc"), path("/a/../b/../c")],
    [common, "GenericLFI_BODY", body('{"name":"../../x"}'), body('{"name":".../x"}')],
    [common, "RestrictedExtensions_URIPATH", path("/app.LOG"), path("/app.login")],
    [common, "RestrictedExtensions_QUERYARGUMENTS", query("f=a.ini"), query("a.ini=f")],
    [common, "GenericRFI_QUERYARGUMENTS", query("u=http://192.0.2.1/x"), query("u=http://host/x")],
    [common, "GenericRFI_BODY", body("ftp://192.0.2.1"), body("ftp:/192.0.2.1")],
    [common, "GenericRFI_URIPATH", path("/file://10.0.0.1/x"), path("/file://10.0.0.1x/")],
    [common, "CrossSiteScripting_COOKIE", cookie("a=<script>x"), cookie("a=<scripts>")],
    [common, "CrossSiteScripting_QUERYARGUMENTS", query("q=%3Cscript%3E"), query("q=script")],
    [
      common,
      "CrossSiteScripting_BODY",
      body('<SCRIPT>alert("hello")</SCRIPT>'),
      body("a < script >"),
    ],
    [common, "CrossSiteScripting_URIPATH", path("/<script src=x>"), path("/scripts")],
    [
      knownBad,
      "JavaDeserializationRCE_HEADER",
      agent('(java.lang.Runtime).getRuntime().exec("whoami")'),
      agent("java.lang.Runtime"),
    ],
    [
      knownBad,
      "JavaDeserializationRCE_BODY",
      body('(java.lang.Runtime).getRuntime().exec("whoami")'),
      body("getRuntime().exec()"),
    ],
    [
      knownBad,
      "JavaDeserializationRCE_URIPATH",
      path("/T(java.lang.Runtime).getRuntime().exec(1)"),
      path("/java.lang.runtime"),
    ],
    [
      knownBad,
      "JavaDeserializationRCE_QUERYSTRING",
      query("q=(java.lang.Runtime).getRuntime().exec(%22whoami%22)"),
      query("q=java.lang.Runtime.getRuntime"),
    ],
    [knownBad, "PROPFIND_METHOD", { method: "PROPFIND" }, { method: "HEAD" }],
    [knownBad, "ExploitablePaths_URIPATH", path("/WEB-INF/web.xml"), path("/web-info")],
    [knownBad, "Log4JRCE_HEADER", agent("${jndi:ldap://example.com/}"), agent("jndi:ldap")],
    [knownBad, "Log4JRCE_HEADER", { headers: [["${jndi:x}", ""]] }, { headers: [["jndi", ""]] }],
    [knownBad, "Log4JRCE_QUERYSTRING", query("q=%24%7Bjndi%3Aldap%3A//x%7D"), query("q=${jndi}")],
    [knownBad, "Log4JRCE_BODY", body('{"name":"${JNDI:rmi://x}"}'), body('{"name":"{jndi:}"}')],
    [knownBad, "Log4JRCE_URIPATH", path("/$%7Bjndi:dns://x%7D"), path("/$jndi:")],
  ])("%s %s matches its attack and not the near miss", (group, rule, attack, nearMiss) => {
    expect(matchesOf(group, attack)).toEqual([rule]);
    expect(matchesOf(group, nearMiss)).toEqual([]);
  });

  it("do not match a plain request to the API", () => {
    const plain: Asked = {
      method: "POST",
      path: "/local/lambda1",
      headers: [
        ["host", "localhost:3000"],
        ["user-agent", "curl/8.5.0"],
        ["content-type", "application/json"],
      ],
      body: bytes('{"name":"Zoë O\'Neil-<3"}'),
    };
    for (const group of [common, knownBad, reputation]) expect(matchesOf(group, plain)).toEqual([]);
  });

  // Headers and bodies continue beyond the limit; a single header has none.
  it("inspect the first 200 headers and 8 KB of them, but a cookie wherever it stands", () => {
    const attack: [string, string] = ["x", "${jndi:x}"];
    const many = Array.from({ length: 200 }, (_, at): [string, string] => [`a${at}`, ""]);
    expect(matchesOf(knownBad, after(attack, ...many.slice(1)))).toEqual(["Log4JRCE_HEADER"]);
    expect(matchesOf(knownBad, after(attack, ...many))).toEqual([]);
    expect(matchesOf(knownBad, after(attack, ["a", "x".repeat(8192)]))).toEqual([]);
    const script: [string, string] = ["cookie", "a=<script>"];
    const late = after(script, ["user-agent", "x"], ...many);
    expect(matchesOf(common, late)).toEqual(["CrossSiteScripting_COOKIE"]);
  });

  it("inspect a body up to the web ACL's limit", () => {
    expect(matchesOf(knownBad, padded(16_384 - 9))).toEqual(["Log4JRCE_BODY"]);
    expect(matchesOf(knownBad, padded(16_384 - 3))).toEqual([]);
  });
});

describe("the actions of a group", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-rule-group-override-options.html
  const withoutAgent: Asked = { headers: [], body: bytes("../../") };

  it("end with its first rule that blocks", () => {
    const waf = createWaf(environment);
    const { arn } = guard(waf, [groupRule(common)]);
    expect(ask(waf, withoutAgent)).toMatchObject({
      action: "block",
      matched: [{ rule: "group", type: "MANAGED_RULE_GROUP", action: "block" }],
    });
    expect(waf.counts(arn).rules).toEqual([
      { rule: "group", allowed: 0, blocked: 1, counted: 0 },
      { rule: "group", groupRule: "NoUserAgent_HEADER", allowed: 0, blocked: 1, counted: 0 },
    ]);
  });

  it("become one count when the web ACL overrides the group's, and evaluation goes on", () => {
    const waf = createWaf(environment);
    const { arn } = guard(waf, [
      groupRule(common, {}, { overrideAction: { count: {} } }),
      groupRule(knownBad, {}, { name: "second", priority: 1 }),
    ]);
    const { action, matched } = ask(waf, { ...withoutAgent, method: "PROPFIND" });
    expect(action).toBe("block");
    expect(matched.map(({ rule, action: own }) => [rule, own])).toEqual([
      ["group", "count"],
      ["second", "block"],
    ]);
    expect(waf.counts(arn).rules.slice(0, 2)).toEqual([
      { rule: "group", allowed: 0, blocked: 0, counted: 1 },
      { rule: "group", groupRule: "NoUserAgent_HEADER", allowed: 0, blocked: 0, counted: 1 },
    ]);
  });

  it("of single rules can be overridden: a rule that counts lets the next one decide", () => {
    const waf = createWaf(environment);
    const ruleActionOverrides = [override("NoUserAgent_HEADER", "count")];
    const { arn } = guard(waf, [groupRule(common, { ruleActionOverrides })]);
    expect(ask(waf, { headers: [] })).toMatchObject({ action: "allow" });
    expect(ask(waf, withoutAgent)).toMatchObject({ action: "block" });
    expect(waf.counts(arn)).toEqual({
      rules: [
        { rule: "group", allowed: 0, blocked: 1, counted: 0 },
        { rule: "group", groupRule: "NoUserAgent_HEADER", allowed: 0, blocked: 0, counted: 2 },
        { rule: "group", groupRule: "GenericLFI_BODY", allowed: 0, blocked: 1, counted: 0 },
      ],
      defaultAction: { allowed: 1, blocked: 0 },
    });

    const allows = { ruleActionOverrides: [override("NoUserAgent_HEADER", "allow")] };
    guard(waf, [groupRule(common, allows)], { defaultAction: { block: {} } });
    expect(ask(waf, { headers: [] }).action).toBe("allow");
  });

  it("touch only what the scope-down statement matches", () => {
    const waf = createWaf(environment);
    const scopeDownStatement = { ipSetReferenceStatement: { arn: networks(waf, ["10.0.0.0/8"]) } };
    guard(waf, [groupRule(common, { scopeDownStatement })]);
    expect(ask(waf, { headers: [], remoteAddress: "10.0.0.1" }).action).toBe("block");
    expect(ask(waf, { headers: [], remoteAddress: "192.0.2.1" }).action).toBe("allow");
  });
});
