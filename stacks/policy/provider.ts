/** Rules about the default provider: the Region of every resource, and its tags. */
import * as z from "zod";
import { allOf, created, type Finding, type Graph, type Rule } from "./graph.ts";
import { readJson } from "./json.ts";

/** Its inputs. Another provider is a resource, with an id. */
const defaultProvider = (graph: Graph) =>
  allOf(graph, "pulumi:providers:aws").find(({ id }) => id === "")?.inputs ?? {};

const defaultTags = z.object({ tags: z.record(z.string(), z.string()) });
const ownTags = z.record(z.string(), z.unknown()).catch({});

const resourcesCarryTags: Rule<"resources-carry-tags"> = {
  name: "resources-carry-tags",
  check(graph) {
    const { data } = defaultTags.safeParse(readJson(String(defaultProvider(graph)["defaultTags"])));
    const tags = data?.tags ?? {};
    // SST adds its own, of the app and the stage that it deploys.
    const isTagged = ["app", "stage"].every(
      (tag) => tags[tag] !== undefined && tags[tag] === tags[`sst:${tag}`],
    );
    if (isTagged) return overriding(graph, tags);
    const message = "must give every resource the tags app and stage (defaultTags)";
    return [{ resource: "default", message }];
  },
};

/** Where a resource has a tag too, its own value counts. */
const overriding = (graph: Graph, tags: Readonly<Record<string, string>>): Finding[] =>
  created(graph).flatMap(({ name, inputs }) =>
    Object.entries(ownTags.parse(inputs["tags"]))
      .filter(([tag, value]) => Object.hasOwn(tags, tag) && tags[tag] !== value)
      .map(([tag, value]) => ({
        resource: name,
        message: `must have the app's tag ${tag}, and not ${String(value)} in its place`,
      })),
  );

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
