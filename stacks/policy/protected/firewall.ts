/** Rules about the firewall of protected stages. */
import { managedGroups } from "../../settings/schema.ts";
import { webAclSchema, withoutGroups } from "../firewall.ts";
import { ruleFor } from "../graph.ts";

const firewallHasEveryGroup = ruleFor(
  "firewall-has-every-managed-group",
  "aws:wafv2/webAcl:WebAcl",
  webAclSchema,
  ({ rules }) => withoutGroups(rules, managedGroups),
);

/** Every rule about the firewall of protected stages. */
export const protectedFirewallRules = [firewallHasEveryGroup];
