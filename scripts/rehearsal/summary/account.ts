/** What an account must give beyond its defaults, or share: a deployment cannot ask for it. */
import * as z from "zod";
import type { GraphView } from "../graph-view.ts";
import { methodsOf, throttleOf } from "../methods.ts";
import type { Section } from "./section.ts";

/** Concurrency that no function may reserve (documented: LAMBDA/configuration-concurrency). */
const UNRESERVED = 100;

const reserved = z.number().optional().catch(undefined);

/** A row for each service whose quotas the deployment takes a share of. */
export function summarizeAccount(graph: GraphView): Section {
  return {
    title: "Account",
    rows: [...concurrency(graph), ...requests(graph), ...logPolicies(graph)],
    none: "Nothing beyond what every account has.",
  };
}

function concurrency(graph: GraphView): string[][] {
  const sum = graph
    .all("aws:lambda/function:Function")
    .map(({ inputs }) => reserved.parse(inputs["reservedConcurrentExecutions"]) ?? 0)
    .reduce((one, other) => one + other, 0);
  return rowOf("Lambda", sum > 0, [
    `${sum + UNRESERVED} concurrent executions`,
    `${sum} reserved, ${UNRESERVED} must stay unreserved; new accounts may have 10`,
  ]);
}

/** Quotas: documented, APIGW/limits. */
function requests(graph: GraphView): string[][] {
  const throttles = methodsOf(graph).map((method) => throttleOf(graph, method));
  const total = (of: "rate" | "burst") =>
    throttles.reduce((sum, throttle) => sum + (throttle[of] ?? 0), 0);
  return rowOf("API Gateway", total("rate") > 0, [
    `${total("rate")} requests/s, burst ${total("burst")}`,
    "of 10000/s and 5000 for all APIs, in some Regions 2500/s and 1250",
  ]);
}

/** Quota: documented, LOGS/cloudwatch_limits_cwl. */
function logPolicies(graph: GraphView): string[][] {
  const { length } = graph.all("aws:cloudwatch/logResourcePolicy:LogResourcePolicy");
  return rowOf("CloudWatch Logs", length > 0, [
    `${length} more resource ${length === 1 ? "policy" : "policies"}`,
    "of 10 in the Region",
  ]);
}

const rowOf = (service: string, needed: boolean, cells: readonly string[]): string[][] =>
  needed ? [[service, ...cells]] : [];
