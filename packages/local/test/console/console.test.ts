/** The console's page: everything on it is escaped, and the firewall's doings are clear. */
import { describe, expect, it } from "vitest";
import { createConsole } from "../../src/console/console.ts";
import { overviewOfFirewall } from "../../src/console/firewall.ts";
import type { Overview } from "../../src/console/overview.ts";
import { createWaf } from "../../src/services/waf/waf.ts";
import { ask, blocks, guard, environment } from "../services/waf/web-acls.ts";

const nothing: Overview = { stages: [], routes: [], alarms: [], firewalls: [], logGroups: [] };
const hostile = `<script>alert("x")</script>'&`;

/** A web ACL in front of a stage that has blocked a hostile request and let a good one pass. */
function attacked() {
  let now = Date.UTC(2026, 10, 22, 23, 0, 0);
  const waf = createWaf({ ...environment, now: () => (now += 1000) });
  const statement = {
    managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
  };
  const { action: _, ...base } = blocks(statement);
  const { arn } = guard(waf, [{ ...base, name: "Common", overrideAction: { none: {} } }]);
  ask(waf, { path: `/${hostile}`, queryString: hostile, method: hostile });
  ask(waf, { path: "/good" });
  return overviewOfFirewall(waf, "Firewall", arn);
}

async function pageOf(overview: Partial<Overview>): Promise<string> {
  const response = await createConsole(() => ({ ...nothing, ...overview })).request("/");
  return response.text();
}

describe("the firewall's overview", () => {
  it("has each rule, the rules of a group below it, and the default action last", () => {
    expect(attacked().rules).toEqual([
      { rule: "Common", groupRule: "", allowed: 0, blocked: 1, counted: 0 },
      {
        rule: "Common",
        groupRule: "CrossSiteScripting_URIPATH",
        allowed: 0,
        blocked: 1,
        counted: 0,
      },
      { rule: "Default_Action", groupRule: "", allowed: 1, blocked: 0, counted: 0 },
    ]);
  });

  it("has the samples, newest first, with their times", () => {
    const shown = attacked().samples.map(({ time, rule, groupRule, action }) => [
      time,
      rule,
      groupRule,
      action,
    ]);
    expect(shown).toEqual([
      ["2026-11-22T23:00:02.000Z", "Default_Action", undefined, "allow"],
      ["2026-11-22T23:00:01.000Z", "Common", "CrossSiteScripting_URIPATH", "block"],
    ]);
  });
});

describe("the console's page", () => {
  it("shows each alarm with its state, since when and why", async () => {
    const since = "2026-11-22T23:00:02.000Z";
    const alarm = { name: "DeadLetters", state: "ALARM", since, reason: "Threshold Crossed" };
    const page = await pageOf({ alarms: [alarm] });
    const cells = [...page.matchAll(/<td class="string">([^<]*)<\/td>/g)].map(([, text]) => text);
    expect(page).toContain("<h2>Alarms</h2>");
    expect(cells).toEqual(["DeadLetters", "ALARM", since, "Threshold Crossed"]);
  });

  it("shows what each rule did and the requests that were sampled", async () => {
    const page = await pageOf({ firewalls: [attacked()] });
    const cells = [...page.matchAll(/<td class="(?:string|number)">([^<]*)<\/td>/g)];
    const texts = cells.map(([, text]) => text);
    expect(page).toContain("Firewall Firewall: what its rules did");
    expect(texts.slice(0, 5)).toEqual(["Common", "", "0", "1", "0"]);
    expect(texts.slice(-8)).toEqual([
      "2026-11-22T23:00:01.000Z",
      "Common",
      "CrossSiteScripting_URIPATH",
      "block",
      "127.0.0.1",
      "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;",
      "/&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;",
      "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;",
    ]);
  });

  it.each<[string, Partial<Overview>]>([
    ["a stage", { stages: [{ name: hostile, resources: 1 }] }],
    ["a route", { routes: [{ method: "POST", url: hostile, authorizer: hostile }] }],
    ["an alarm", { alarms: [{ name: hostile, state: "OK", since: "", reason: hostile }] }],
    ["a firewall", { firewalls: [{ name: hostile, rules: [], samples: [] }] }],
    ["a log line", { logGroups: [{ name: hostile, lines: [hostile, hostile] }] }],
    ["a sampled request", { firewalls: [attacked()] }],
  ])("escapes what %s says", async (_, overview) => {
    const page = await pageOf(overview);
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toContain("<script");
  });

  it.each(["/", "/overview.json"])("moves no terminal that prints %s", async (path) => {
    const text = "\u009B2J\u001B[31m\u2028\u202E\uD800";
    const waf = createWaf(environment);
    const { arn } = guard(waf, []);
    ask(waf, { queryString: text, path: text, method: text, headers: [[text, text]] });
    const overview = {
      ...nothing,
      firewalls: [overviewOfFirewall(waf, text, arn)],
      logGroups: [{ name: text, lines: [text] }],
    };
    const response = await createConsole(() => overview).request(path);
    expect((await response.text()).match(/[^\P{C}\n]|[\u2028\u2029]/gu)).toBeNull();
  });

  it("lets no script run and nothing be loaded", async () => {
    const response = await createConsole(() => nothing).request("/");
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  });

  it("gives the same as JSON", async () => {
    const firewalls = [attacked()];
    const response = await createConsole(() => ({ ...nothing, firewalls })).request(
      "/overview.json",
    );
    expect(await response.json()).toEqual({
      ...nothing,
      firewalls: JSON.parse(JSON.stringify(firewalls)),
    });
  });
});
