/** Attacks with known payloads: what the firewall has a rule against must meet it, and nothing else may break. */
import type { Waf } from "../services/waf/waf.ts";
import { type Attack, onEachRoute } from "./model/attack.ts";
import { breaksNothing, matchedByRule, type Expectation, refusedBy } from "./model/expectations.ts";
import { textField, withBody } from "./bodies.ts";
import type { AttackedRoute } from "./targets/routes.ts";

/** The rule of one of AWS's managed rule groups. */
interface ManagedRule {
  readonly group: string;
  readonly rule: string;
}

/** What a stage's firewall must do with what a rule matches; undefined where it has no such rule. */
function expectedOf(
  waf: Pick<Waf, "settingsOf">,
  { stage }: AttackedRoute,
  { group, rule }: ManagedRule,
): Expectation | undefined {
  const rules = waf.settingsOf(stage.arn)?.rules ?? [];
  const found = rules.find((one) => one.kind === "group" && one.group.name === group);
  if (found?.kind !== "group") return undefined;
  const override = found.group.ruleActionOverrides.find(({ name }) => name === rule);
  const counts = found.overrideAction === "count" || (override?.actionToUse ?? "block") === "count";
  return matchedByRule(rule, counts ? "count" : "block");
}

const log4Shell = { group: "AWSManagedRulesKnownBadInputsRuleSet", rule: "Log4JRCE_HEADER" };
const scripts = { group: "AWSManagedRulesCommonRuleSet", rule: "CrossSiteScripting_BODY" };

const names = [
  {
    id: "sql-name",
    title: "SQL-like name",
    tries: "Sends a text that would end a statement of SQL and begin another.",
    text: "Robert'); DROP TABLE users;--",
    rule: undefined,
  },
  {
    id: "script-name",
    title: "Script in a name",
    tries: "Sends a text that would run as a script in a page.",
    text: "<script>alert(1)</script>",
    rule: scripts,
  },
] as const;

/** The attacks. */
export const payloadAttacks: readonly Attack[] = [
  onEachRoute({
    id: "log4shell",
    title: "Log4Shell in a header",
    tries: "Sends a header that makes vulnerable logging load code from elsewhere.",
    expects: "The firewall's rule against it blocks it, or counts it where it only counts.",
    aim(route, { waf }) {
      const expectation = expectedOf(waf, route, log4Shell);
      if (expectation === undefined)
        return `its stage has no firewall with the rule ${log4Shell.rule}`;
      const header = ["X-Api-Version", "${jndi:ldap://127.0.0.1/a}"] as const;
      const { request } = route;
      return { request: { ...request, headers: [...request.headers, header] }, expectation };
    },
  }),
  onEachRoute({
    id: "overlong-header",
    title: "Overlong header",
    tries: "Sends a header that is longer than API Gateway's limit of 10,240 bytes for all.",
    expects: "It is refused before the function is called.",
    aim: ({ request }) => ({
      request: { ...request, headers: [...request.headers, ["X-Long", "a".repeat(11 * 1024)]] },
      expectation: refusedBy("gateway", "firewall"),
    }),
  }),
  ...names.map(({ text, rule, ...attack }) =>
    onEachRoute({
      ...attack,
      expects:
        "The firewall's rule against it matches, where it has one; otherwise it is data or refused, and nothing breaks.",
      async aim(route, targets) {
        const found = textField(route);
        if (typeof found === "string") return found;
        const body = JSON.stringify({ ...found.body, [found.field]: text });
        const expected = rule && expectedOf(targets.waf, route, rule);
        return withBody(route, targets, body, expected ?? breaksNothing);
      },
    }),
  ),
];
