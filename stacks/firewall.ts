/** The web application firewall in front of the stage: for now it counts a set of networks. */
import type { StageSettings } from "./settings.ts";

interface FirewallArgs {
  settings: StageSettings;
  api: { stageArn: $util.Input<string> };
}

export function createFirewall({ settings, api }: FirewallArgs) {
  const networks = new aws.wafv2.IpSet("CountedNetworks", {
    scope: "REGIONAL",
    ipAddressVersion: "IPV4",
    addresses: [...settings.countedNetworks],
  });
  const webAcl = new aws.wafv2.WebAcl("Firewall", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: visibility("Firewall"),
    rules: [
      {
        name: "CountNetworks",
        priority: 0,
        action: { count: {} },
        statement: { ipSetReferenceStatement: { arn: networks.arn } },
        visibilityConfig: visibility("CountNetworks"),
      },
    ],
  });
  new aws.wafv2.WebAclAssociation("FirewallAssociation", {
    resourceArn: api.stageArn,
    webAclArn: webAcl.arn,
  });
}

function visibility(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
