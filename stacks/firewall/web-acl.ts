/** The web application firewall in front of the stage, and its log. */
import type { Api } from "../api/rest-api.ts";
import { firewallRules } from "./rules.ts";
import { accountId, arnOf, nameOf } from "../shared/names.ts";
import { resourcePolicy } from "../shared/resource-policy.ts";
import { retentionInDays } from "../shared/retention.ts";
import type { StageSettings } from "../settings/settings.ts";

interface FirewallArgs {
  settings: StageSettings;
  api: Api;
}

/** Creates the web ACL, sets it before the API's stage and logs what it sees. */
export function createFirewall({ settings, api }: FirewallArgs) {
  const metricName = nameOf("Firewall");
  const webAcl = new aws.wafv2.WebAcl("Firewall", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: {
      metricName,
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
    },
    rules: firewallRules(settings),
  });
  new aws.wafv2.WebAclAssociation("FirewallAssociation", {
    resourceArn: api.stageArn,
    webAclArn: webAcl.arn,
  });
  logRequests(webAcl, settings);
  return { metricName };
}

/** WAF writes only to groups whose names start with `aws-waf-logs-` (documented). */
function logRequests(webAcl: aws.wafv2.WebAcl, settings: StageSettings): void {
  const logGroup = new aws.cloudwatch.LogGroup("FirewallLog", {
    name: `aws-waf-logs-${$app.name}-${$app.stage}`,
    retentionInDays: retentionInDays(settings),
  });
  const delivery = new aws.cloudwatch.LogResourcePolicy("FirewallLogPolicy", {
    policyName: nameOf("FirewallLog"),
    policyDocument: resourcePolicy({
      Sid: "FirewallWrites",
      Effect: "Allow",
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: $interpolate`${logGroup.arn}:*`,
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId() },
        ArnLike: { "aws:SourceArn": arnOf("logs", "*") },
      },
    }),
  });
  new aws.wafv2.WebAclLoggingConfiguration(
    "FirewallLogging",
    {
      resourceArn: webAcl.arn,
      logDestinationConfigs: [logGroup.arn],
      redactedFields: [
        { singleHeader: { name: "authorization" } },
        { singleHeader: { name: "proxy-authorization" } },
        { singleHeader: { name: "x-api-key" } },
        { singleHeader: { name: "cookie" } },
        { queryString: {} },
      ],
    },
    { dependsOn: [delivery] },
  );
}
