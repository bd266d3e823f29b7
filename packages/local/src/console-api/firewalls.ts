/** Route of firewalls: what the rules of each web ACL did, and samples of the requests. */
import type * as z from "zod";
import type { Deployments } from "../deployments/deployments.ts";
import { maskPersonal } from "../requests/masking.ts";
import type { Waf } from "../services/waf/waf.ts";
import { firewallsSchema } from "./firewalls-view.ts";
import { bare, defineRoute, type Route } from "./route.ts";

/** What the route is about. */
export interface FirewallRoutesOptions {
  readonly waf: Pick<Waf, "counts" | "samples">;
  readonly deployments: Pick<Deployments, "stages" | "graph">;
}

const shownSamples = 100;

/** The route. */
export function firewallRoutes({ waf, deployments }: FirewallRoutesOptions): Route[] {
  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/firewalls",
      operationId: "listFirewalls",
      summary: "Lists the web ACLs with what their rules did, and sampled requests.",
      result: firewallsSchema,
      handle: () => ({
        firewalls: deployments
          .stages()
          .flatMap((stage) => deployments.graph(stage))
          .filter(({ type }) => type === "aws:wafv2/webAcl:WebAcl")
          .map(({ outputs }) => firewallOf(String(outputs["name"]), String(outputs["arn"]))),
      }),
    }),
  ];

  function firewallOf(name: string, arn: string): Firewall {
    const { rules, defaultAction } = waf.counts(arn);
    return {
      name,
      rules: [
        ...rules.map((counts) => ({ groupRule: "", ...counts })),
        { rule: "Default_Action", groupRule: "", ...defaultAction, counted: 0 },
      ],
      samples: waf
        .samples(arn)
        .slice(-shownSamples)
        .toReversed()
        .map(({ time, rule, groupRule = "", action, request }) => ({
          time: new Date(time).toISOString(),
          rule,
          groupRule,
          action,
          method: request.httpMethod,
          uri: maskPersonal(request.uri),
        })),
    };
  }
}

type Firewall = z.input<typeof firewallsSchema>["firewalls"][number];
