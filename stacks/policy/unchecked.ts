/** What the rules do not know: types without limits, and services of whom no source was read. */
import { created, type Graph, type Rule } from "./graph.ts";
import { hasLimits } from "./limits/index.ts";
import { servicesWithUnknownKeys } from "./services.ts";
import { attachedPolicies } from "./statements.ts";

/** Something that no rule checks as a whole. */
export interface Unchecked {
  /** The resource's type, or the service that a policy of it lets act. */
  readonly what: string;
  readonly resource: string;
  /** What is checked of it, or is not; empty if nothing is. */
  readonly note: string;
}

/** Finds it among what the program creates; the settings of providers create nothing. */
export function findUnchecked(graph: Graph, rules: readonly Rule[]): Unchecked[] {
  const withPolicies = new Set(attachedPolicies(graph).map(({ resource }) => resource));
  const resources = created(graph)
    .filter(({ id, type }) => id !== "" && !type.startsWith("pulumi:") && !hasLimits(type))
    .map((resource): Unchecked => {
      const named = rules.filter(({ type }) => type === resource.type).map(({ name }) => name);
      const general = withPolicies.has(resource) ? ["no-wildcard-grants"] : [];
      const checked = [...new Set([...named, ...general])];
      const note = checked.length === 0 ? "" : `only ${checked.join(", ")}`;
      return { what: resource.type, resource: resource.name, note };
    });
  const services = servicesWithUnknownKeys(graph).map(({ service, resource }) => ({
    what: service,
    resource,
    note: "which condition keys it sends",
  }));
  return [...resources, ...services];
}
