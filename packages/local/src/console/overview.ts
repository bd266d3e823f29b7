/** Gathers what the console shows from the parts of the local cloud. */
import type { Deployments } from "../deployment/deployments.ts";
import type { Services } from "../resources/index.ts";
import type { Overview } from "./console.ts";

interface OverviewArgs {
  readonly services: Services;
  readonly deployments: Deployments;
  readonly apiUrl: string;
}

const shownLines = 50;

export function overviewOf({ services, deployments, apiUrl }: OverviewArgs): Overview {
  const { apis, logs, waf } = services;
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
    rules: webAcls.flatMap(({ outputs }) =>
      waf
        .counts(String(outputs["arn"]))
        .rules.map(({ rule, ...counts }) => ({ name: rule, ...counts })),
    ),
    logGroups: logs.groups().map(({ name }) => ({
      name,
      lines: logs
        .read(name)
        .slice(-shownLines)
        .map(({ message }) => message),
    })),
  };
}
