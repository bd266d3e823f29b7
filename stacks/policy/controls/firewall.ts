/** Controls of the firewall. */
import type { Control } from "./control.ts";

/** By number. */
export const firewallControls: readonly Control[] = [
  {
    number: 84,
    area: "WAF",
    control: "Web ACL has rules with actions",
    ids: "SecHub WAF.10; CKV_AWS_175, CKV_AWS_342; prowler wafv2_webacl_with_rules",
    decision: "met",
    held: { "firewall-has-its-rules": ["the firewall's rules", "a rule group, which only counts"] },
  },
  {
    number: 85,
    area: "WAF",
    control: "Logging on",
    ids: "SecHub WAF.11; NIST/HIPAA/PCI WAFv2LoggingEnabled; CKV_AWS_176, CKV2_AWS_31; prowler wafv2_webacl_logging_enabled",
    decision: "met",
    held: { "firewall-logs-without-tokens": ["the firewall's log", "the redaction"] },
  },
  {
    number: 86,
    area: "WAF",
    control: "Metrics for every rule",
    ids: "SecHub WAF.12; prowler wafv2_webacl_rule_logging_enabled",
    decision: "met",
    held: {
      "firewall-measures-its-rules": [
        "the metrics of the firewall",
        "the metrics of a rule of the firewall",
      ],
    },
  },
  {
    number: 87,
    area: "WAF",
    control: "Log4Shell is blocked",
    ids: "CKV_AWS_192, CKV2_AWS_77",
    decision: "met",
    note: "Blocked where the stage's firewall blocks, as in prod; counted elsewhere.",
    held: {
      "firewall-has-its-rules": [
        "the group of known bad inputs",
        "rules of a group, which are overridden",
      ],
    },
  },
  {
    number: 88,
    area: "WAF",
    control: "The seven managed groups of the reference construct",
    ids: "Solutions Constructs wafwebacl-apigateway: BotControl, KnownBadInputs, Common, AnonymousIp, IpReputation, AdminProtection, SQLi",
    decision: "excepted",
    reason:
      "Three of seven. AnonymousIpList: callers may use a VPN. SQLiRuleSet: no database. AdminProtectionRuleSet: no administration pages. BotControlRuleSet: every caller is a program, and it bills each request.",
    held: {
      "firewall-has-every-managed-group": [
        "the managed group AmazonIpReputationList",
        "the managed group CommonRuleSet",
      ],
    },
  },
  {
    number: 89,
    area: "WAF",
    control: "WAF Classic controls",
    ids: "SecHub WAF.1-WAF.8",
    decision: "n/a",
    reason: "AWS WAF (v2) only.",
  },
];
