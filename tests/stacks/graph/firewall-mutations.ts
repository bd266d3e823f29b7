/** Each control of the firewall removed, and the rule that detects it. */
import { drop, edit, editInput, editRule, type Mutation, type MutationRow } from "./mutate.ts";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const WHOLE = "firewall-inspects-whole-requests";
const MEASURED = "firewall-measures-its-rules";
const PROTECTED = "firewall-protects-data";

export const firewallMutations: readonly MutationRow[] = [
  [
    "the firewall's association",
    drop("aws:wafv2/webAclAssociation:WebAclAssociation", "FirewallAssociation"),
    "stages-are-behind-a-firewall",
  ],
  [
    "the firewall's association with a user pool",
    drop("aws:wafv2/webAclAssociation:WebAclAssociation", "MyUserPool2FirewallAssociation"),
    "pools-are-behind-a-firewall",
  ],
  ["the firewall's rules", edit(WEB_ACL, ["rules"], []), "firewall-has-its-rules"],
  [
    "the group of known bad inputs",
    editRule("AWSManagedRulesKnownBadInputsRuleSet", () => '{"name":"Other","statement":{}}'),
    "firewall-has-its-rules",
  ],
  ["the limit of bodies", editRule("SizeLimits", without("body")), WHOLE],
  ["the refusal of headers too many to inspect", editRule("SizeLimits", without("headers")), WHOLE],
  ["the refusal of cookies too many to inspect", editRule("SizeLimits", without("cookies")), WHOLE],
  ["the refusal of what is too large to inspect", editRule("SizeLimits", inspectOn), WHOLE],
  [
    "the refusal of compressed bodies",
    editRule("SizeLimits", (rule) => rule.replace("content-encoding", "content-type")),
    WHOLE,
  ],
  [
    "the refusal of headers too many to inspect, but for some of them",
    editRule("SizeLimits", (rule) =>
      rule.replace('"matchPattern":{"all":{}}', '"matchPattern":{"includedHeaders":["x-other"]}'),
    ),
    WHOLE,
  ],
  [
    "the refusal of compressed bodies, by a name that is decoded to nothing",
    editRule("SizeLimits", (rule) =>
      rule.replace(/(content-encoding.*?"type":)"NONE"/, '$1"HEX_DECODE"'),
    ),
    WHOLE,
  ],
  [
    "the rules that these see, by a group of others",
    editInput(WEB_ACL, "rules", (rules) =>
      rules.replace(
        "[{",
        `[{"name":"Other","priority":99,"overrideAction":{"none":{}},"statement":{"ruleGroupReferenceStatement":{"arn":"arn:aws:wafv2:us-east-1:999999999999:regional/rulegroup/other/1"}}},{`,
      ),
    ),
    "firewall-has-its-rules",
  ],
  [
    "the action on what cannot be inspected",
    editRule("SizeLimits", (rule) => rule.replace(/"(block|count)":/, '"allow":')),
    WHOLE,
  ],
  ["the firewall's log", drop(LOGGING), "firewall-logs-without-tokens"],
  ["the redaction", edit(LOGGING, ["redactedFields"], undefined), "firewall-logs-without-tokens"],
  [
    "the metrics of the firewall",
    edit(WEB_ACL, ["visibilityConfig", "cloudwatchMetricsEnabled"], false),
    MEASURED,
  ],
  [
    "the metrics of a rule of the firewall",
    editRule("RateLimit", (rule) =>
      rule.replace('"cloudwatchMetricsEnabled":true', '"cloudwatchMetricsEnabled":false'),
    ),
    MEASURED,
  ],
  ["data protection", edit(WEB_ACL, ["dataProtectionConfig"], undefined), PROTECTED],
  ["the protection of keys", editProtections("x-api-key", "x-other"), PROTECTED],
  ["the protection of bodies", editProtections("BODY", "OTHER"), PROTECTED],
  ["the protection of queries", editProtections("QUERY_STRING", "OTHER"), PROTECTED],
  ["the protection of cookies", editProtections("SINGLE_COOKIE", "OTHER"), PROTECTED],
  ["substitution", editProtections("SUBSTITUTION", "HASH"), PROTECTED],
  [
    "the protection of what matches quote",
    editProtections('"action"', '"excludeRuleMatchDetails":true,"action"'),
    PROTECTED,
  ],
];

/** The JSON of a firewall's rule, with a component that AWS does not have in place of this one. */
function without(component: string): (rule: string) => string {
  return (rule) => rule.replace(`"${component}"`, '"other"');
}

function editProtections(text: string, other: string): Mutation {
  return editInput(WEB_ACL, "dataProtectionConfig", (config) => config.replaceAll(text, other));
}

function inspectOn(rule: string): string {
  return rule.replaceAll('"MATCH"', '"CONTINUE"');
}
