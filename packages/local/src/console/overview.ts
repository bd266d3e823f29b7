/** Gathers the tables of the console from the services of the local cloud. */
import type { Deployments } from "../deployments/deployments.ts";
import type { RestApis } from "../services/api-gateway/store/rest-apis.ts";
import type { LogGroups } from "../services/cloudwatch-logs/log-groups.ts";
import type { Alarms } from "../services/cloudwatch/alarms/alarms.ts";
import type { Waf } from "../services/waf/waf.ts";
import { type FirewallOverview, overviewOfFirewall } from "./firewall.ts";

/** What the console shows. */
export interface Overview {
  readonly stages: readonly { readonly name: string; readonly resources: number }[];
  readonly routes: readonly {
    readonly method: string;
    readonly url: string;
    readonly authorizer: string;
  }[];
  readonly alarms: readonly {
    readonly name: string;
    readonly state: string;
    /** When it came into the state. */
    readonly since: string;
    readonly reason: string;
  }[];
  readonly firewalls: readonly FirewallOverview[];
  readonly logGroups: readonly { readonly name: string; readonly lines: readonly string[] }[];
}

interface OverviewArgs {
  readonly cloudwatch: { readonly alarms: Pick<Alarms, "list"> };
  readonly apis: RestApis;
  readonly logs: LogGroups;
  readonly waf: Waf;
  readonly deployments: Deployments;
  readonly apiUrl: string;
}

const shownLines = 50;
const shownCharacters = 2000;

/** What stands now, and what has happened since it does. */
export function overviewOf({
  cloudwatch,
  apis,
  logs,
  waf,
  deployments,
  apiUrl,
}: OverviewArgs): Overview {
  const stages = deployments.stages();
  const webAcls = stages
    .flatMap((stage) => deployments.graph(stage))
    .filter(({ type }) => type === "aws:wafv2/webAcl:WebAcl");
  return {
    stages: stages.map((name) => ({ name, resources: deployments.graph(name).length })),
    routes: apis.servedStages().flatMap(({ api, routes }) =>
      routes.map(({ method, resourcePath }) => ({
        method: method.httpMethod,
        url: `${apiUrl}${resourcePath}`,
        authorizer:
          method.authorization.type === "NONE"
            ? "none: open to all"
            : (api.authorizers.get(method.authorization.authorizerId)?.name ?? ""),
      })),
    ),
    alarms: cloudwatch.alarms.list().map(({ settings, state }) => ({
      name: settings.AlarmName,
      state: state.value,
      since: new Date(state.transitionedAt).toISOString(),
      reason: state.reason,
    })),
    firewalls: webAcls.map(({ outputs }) =>
      overviewOfFirewall(waf, String(outputs["name"]), String(outputs["arn"])),
    ),
    logGroups: logs.groups().map(({ name }) => ({
      name,
      lines: logs
        .read(name)
        .slice(-shownLines)
        .map(({ message }) => shorten(message)),
    })),
  };
}

function shorten(line: string): string {
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line;
}
