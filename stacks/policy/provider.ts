/** Rules about the default provider: the Region of every resource, and its tags. */
import * as z from "zod";
import { allOf, created, type Graph, type Rule } from "./graph.ts";
import { readJson } from "./json.ts";

/** Its inputs. Another provider is a resource, with an id. */
const defaultProvider = (graph: Graph) =>
  allOf(graph, "pulumi:providers:aws").find(({ id }) => id === "")?.inputs ?? {};

const tagged = z.object({ tags: z.object({ app: z.string(), stage: z.string() }) });

const resourcesCarryTags: Rule<"resources-carry-tags"> = {
  name: "resources-carry-tags",
  check(graph) {
    const tags = readJson(String(defaultProvider(graph)["defaultTags"]));
    if (tagged.safeParse(tags).success) return [];
    const message = "must give every resource the tags app and stage (defaultTags)";
    return [{ resource: "default", message }];
  },
};

/** A rehearsal's ARNs are of the stage's Region, whatever the provider's is. */
const resourcesAreOfTheStagesRegion: Rule<"resources-are-of-the-stages-region"> = {
  name: "resources-are-of-the-stages-region",
  check(graph) {
    const { region } = defaultProvider(graph);
    const regions = created(graph).map(({ outputs }) => String(outputs["arn"]).split(":")[3] ?? "");
    const own = [...new Set(regions)].filter((one) => one !== "");
    if (own.length === 0 || own.some((one) => one === region)) return [];
    const message = `must be of the stage's Region ${own.join()}, and not of ${String(region)}`;
    return [{ resource: "default", message }];
  },
};

/** Every rule about the provider. */
export const providerRules = [resourcesCarryTags, resourcesAreOfTheStagesRegion];
