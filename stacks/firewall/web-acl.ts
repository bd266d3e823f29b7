/** The web application firewall (WAF) in front of the API's stage and the user pools, and its log. */
import type { Api } from "../api/rest-api.ts";
import type { Identity } from "../identity/user-pools.ts";
import { firewallRules, visibility } from "./rules.ts";
import { allowLogDelivery } from "../shared/log-delivery.ts";
import type { LogSettings } from "../shared/log-groups.ts";
import type { Stage } from "../settings/stage.ts";

/** Headers that carry credentials. */
const credentials = ["authorization", "proxy-authorization", "x-api-key", "cookie"];

/**
 * What neither log nor samples hold: the log's own redaction does not reach samples (WAF/logging).
 * Log lines do not hold the body, but quote it where a rule for SQL or scripts matched (WAF/
 * logging-fields). Of cookies the names stay, which only the log's redaction takes out.
 */
const protectedFields = [
  { fieldType: "SINGLE_HEADER", fieldKeys: credentials },
  { fieldType: "SINGLE_COOKIE" },
  { fieldType: "QUERY_STRING" },
  { fieldType: "BODY" },
];

interface FirewallArgs {
  stage: Stage;
  logs: LogSettings;
  api: Api;
  identity: Identity;
}

/** Creates the web ACL, associates it with the API's stage and each user pool, and logs the requests. */
export function createFirewall({ stage, logs, api, identity }: FirewallArgs) {
  const metricName = stage.names.resource("Firewall");
  const webAcl = new aws.wafv2.WebAcl("Firewall", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: visibility(metricName),
    rules: firewallRules(stage.settings),
    dataProtectionConfig: {
      dataProtections: protectedFields.map((field) => ({ field, action: "SUBSTITUTION" })),
    },
  });
  protect("FirewallAssociation", api.stageArn, webAcl);
  for (const { number, arn } of identity.pools) {
    protect(`MyUserPool${number}FirewallAssociation`, arn, webAcl);
  }
  logRequests(webAcl, stage, logs);
  return { metricName };
}

function protect(name: string, resourceArn: $util.Output<string>, webAcl: aws.wafv2.WebAcl): void {
  new aws.wafv2.WebAclAssociation(
    name,
    { resourceArn, webAclArn: webAcl.arn },
    // The provider deletes what is associated with the resource: at the end, that would be the new
    // web ACL (recorded: web_acl_association.go in hashicorp/terraform-provider-aws).
    { deleteBeforeReplace: true },
  );
}

function logRequests(webAcl: aws.wafv2.WebAcl, stage: Stage, logs: LogSettings): void {
  const logGroup = new aws.cloudwatch.LogGroup("FirewallLog", {
    name: stage.names.firewallLog,
    ...logs,
  });
  const delivery = allowLogDelivery("FirewallLog", stage, logGroup);
  new aws.wafv2.WebAclLoggingConfiguration(
    "FirewallLogging",
    {
      resourceArn: webAcl.arn,
      logDestinationConfigs: [logGroup.arn],
      redactedFields: [
        ...credentials.map((name) => ({ singleHeader: { name } })),
        { queryString: {} },
      ],
    },
    { dependsOn: [delivery] },
  );
}
