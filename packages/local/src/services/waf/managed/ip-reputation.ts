/** AWSManagedRulesAmazonIpReputationList (WAF/aws-managed-rule-groups-ip-rep). */
import { type ManagedGroup, unpublished } from "./rule-group.ts";

/** Amazon's IP reputation lists, which are not published: nothing matches here. */
export const ipReputationList: ManagedGroup = {
  name: "AWSManagedRulesAmazonIpReputationList",
  capacity: 25,
  labelPrefix: "awswaf:managed:aws:amazon-ip-list:",
  isVersioned: false,
  rules: [
    unpublished("AWSManagedIPReputationList", "AWSManagedIPReputationList"),
    unpublished("AWSManagedReconnaissanceList", "AWSManagedReconnaissanceList"),
    unpublished("AWSManagedIPDDoSList", "AWSManagedIPDDoSList", "count"),
  ],
};
