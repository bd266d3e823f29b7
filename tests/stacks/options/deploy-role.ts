/** The deploy role's policies in a stage with optional settings: they allow what these deploy. */
import { expect, it } from "vitest";
import type { Graph } from "../../support/graph.ts";
import { providerCalls } from "../../support/deploy-role/deployment-calls.ts";
import { allows, ofEveryStage, statementsIn, unneeded } from "../../support/deploy-role/policy.ts";

export function testDeployRoleOfOptions(stage: string, graph: () => Graph): void {
  it("is deployed by a role with the policy for API keys beside the others", () => {
    const { resources } = graph();
    const made = providerCalls(resources);
    const statements = statementsIn([...ofEveryStage, "api-keys"], stage);
    expect(made.filter((call) => !allows(statements, call, resources))).toEqual([]);
    expect(unneeded(statementsIn(["api-keys"], stage), made)).toEqual([]);
  });
}
