/** The console: what its page may do, and the tables as JSON. */
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

const consoleOf = (overview: Partial<Overview>) =>
  createConsole({
    overview: () => ({ ...nothing, ...overview }),
    bundle: async () => ({ script: "the script", style: "the style" }),
  });

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
  it.each([
    ["/page.js", "text/javascript; charset=utf-8", "the script"],
    ["/page.css", "text/css; charset=utf-8", "the style"],
  ])("has its file %s", async (path, type, text) => {
    const response = await consoleOf({}).request(path);
    expect(response.headers.get("content-type")).toBe(type);
    expect(await response.text()).toBe(text);
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
    const response = await consoleOf(overview).request(path);
    expect((await response.text()).match(/[^\P{C}\n]|[\u2028\u2029]/gu)).toBeNull();
  });

  it("loads and calls this origin only, and is in no frame", async () => {
    const response = await consoleOf({}).request("/");
    expect(response.headers.get("content-security-policy")?.split("; ")).toEqual([
      "default-src 'none'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "img-src data:",
      "script-src 'self'",
      "style-src 'self'",
    ]);
  });

  it("gives the same as JSON", async () => {
    const firewalls = [attacked()];
    const response = await consoleOf({ firewalls }).request("/overview.json");
    expect(await response.json()).toEqual({
      ...nothing,
      firewalls: JSON.parse(JSON.stringify(firewalls)),
    });
  });
});
