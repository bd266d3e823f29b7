/**
 * What AWS takes of each resource. Lengths, patterns and values are those of its API models
 * (boto/botocore 1.43.67) and CloudFormation's schemas of 2026-08-07; others name their page.
 */
import { created, type GraphResource, type Rule } from "../graph.ts";
import { api } from "./api.ts";
import type { Limits } from "./checks.ts";
import { compute } from "./compute.ts";
import { firewall } from "./firewall.ts";
import { identity } from "./identity.ts";
import { messaging } from "./messaging.ts";
import { observability } from "./observability.ts";

const limits: Limits = {
  ...api,
  ...compute,
  ...firewall,
  ...identity,
  ...messaging,
  ...observability,
};

const withinLimits: Rule<"within-aws-limits"> = {
  name: "within-aws-limits",
  check: (graph) =>
    created(graph).flatMap((resource) =>
      beyond(resource).map((message) => ({ resource: resource.name, message })),
    ),
};

/** Whether a type's limits are known. */
export const hasLimits = (type: string): boolean => limits[type] !== undefined;

function beyond({ type, inputs }: GraphResource): string[] {
  const known = limits[type];
  const issues = known?.safeParse(inputs).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

/** Every rule about AWS's limits. */
export const limitRules = [withinLimits];
