/** What has the API deployed again: any change of any of its parts. */
import { expect, it } from "vitest";
import { isPart, triggersOf } from "../../../stacks/api/snapshot-parts.ts";
import type { Graph } from "../../support/graph.ts";
import { variantsOf, without } from "./variants.ts";

/** Tests the triggers of a stage's deployment of its API. */
export function testDeploymentTriggers(graph: () => Graph): void {
  it("is triggered by every part of the API, with all its inputs", () => {
    const triggers = triggersOf(partsOfApi(graph()));
    expect(graph().one("aws:apigateway/deployment:Deployment").inputs["triggers"]).toEqual(
      triggers,
    );
    const others = graph().resources.filter(
      ({ type, urn }) => type.startsWith("aws:apigateway/") && !(urn in triggers),
    );
    expect(new Set(others.map(({ type }) => type.split(":")[2]))).toEqual(
      new Set([
        "Account",
        "ApiKey",
        "Deployment",
        "MethodSettings",
        "Stage",
        "UsagePlan",
        "UsagePlanKey",
      ]),
    );
  });

  it("is triggered by another value of any input, by one more and by one less", () => {
    const before = triggersOf(partsOfApi(graph()));
    const variants = partsOfApi(graph()).flatMap((part) =>
      variantsOf(part.inputs).map((inputs) => ({ ...part, inputs })),
    );
    const unnoticed = variants.filter((part) => triggersOf([part])[part.urn] === before[part.urn]);
    expect(variants.length).toBeGreaterThan(500);
    expect(unnoticed).toEqual([]);
  });
}

/** Parts with the inputs that count: SST gives the API a random name, whose changes are ignored. */
function partsOfApi(graph: Graph) {
  return graph.resources
    .filter((resource) => isPart(resource))
    .map((part) =>
      part.type.endsWith(":RestApi") ? { ...part, inputs: without(part.inputs, "name") } : part,
    );
}
