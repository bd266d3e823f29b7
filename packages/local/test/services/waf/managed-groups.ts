/** Rules that name one of AWS's managed groups. */
import { visibilityConfig } from "./web-acls.ts";

export const common = "AWSManagedRulesCommonRuleSet";
export const knownBad = "AWSManagedRulesKnownBadInputsRuleSet";
export const reputation = "AWSManagedRulesAmazonIpReputationList";

export const groupRule = (name: string, statement: object = {}, over: object = {}) => ({
  name: "group",
  priority: 0,
  overrideAction: { none: {} },
  visibilityConfig,
  statement: { managedRuleGroupStatement: { vendorName: "AWS", name, ...statement } },
  ...over,
});

export const override = (name: string, action: string) => ({ name, actionToUse: { [action]: {} } });
