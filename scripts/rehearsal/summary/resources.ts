/** How many resources of each service a deployment creates. */
import type { GraphView } from "../graph-view.ts";
import type { Section } from "./section.ts";

/** A row for each service: its resources, and how many of which type. */
export function summarizeResources({ resources }: GraphView): Section {
  const services = new Map<string, Map<string, number>>();
  for (const { type } of resources) {
    const [provider, module, kind] = type.split(":");
    if (provider !== "aws" || module === undefined || kind === undefined) continue;
    const service = module.split("/")[0] ?? module;
    const kinds = services.get(service) ?? new Map<string, number>();
    services.set(service, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
  }
  const sorted = [...services].toSorted(([one], [other]) => one.localeCompare(other));
  return {
    title: "Resources",
    rows: sorted.map(([service, kinds]) => [
      service,
      String([...kinds.values()].reduce((sum, count) => sum + count, 0)),
      [...kinds].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`)).join(", "),
    ]),
    none: "None on AWS.",
  };
}
