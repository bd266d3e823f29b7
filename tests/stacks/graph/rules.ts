/** The rules of stacks/policy: each detects the loss of the controls that it is for. */
import { expect, it } from "vitest";
import { checkGraph, ruleNames } from "../../../stacks/policy/index.ts";
import type { DeployedStage } from "./deployed.ts";
import { add } from "./mutate.ts";
import { mutations } from "./mutations.ts";

export function testRules({ graph }: DeployedStage): void {
  it.each(mutations)("detect the loss of %s", (_, mutate, rule) => {
    const changed = mutate(graph().resources);
    expect(changed).not.toEqual(graph().resources);
    expect(checkGraph(changed).map((violation) => violation.rule)).toContain(rule);
  });

  it("reject a function URL and an attached policy", () => {
    const url = add("aws:lambda/functionUrl:FunctionUrl", {})(graph().resources);
    expect(checkGraph(url)).toEqual([
      expect.objectContaining({ rule: "functions-are-invoked-by-name", resource: "Extra" }),
    ]);
    const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    const attached = add(attachment, { policyArn: "arn:x" })(graph().resources);
    expect(checkGraph(attached)).toEqual([
      expect.objectContaining({ rule: "no-broad-managed-policies", resource: "Extra" }),
    ]);
  });

  it("are each seen failing for at least one lost control", () => {
    expect([...new Set(mutations.map(([, , rule]) => rule))].toSorted()).toEqual(
      ruleNames.toSorted(),
    );
  });
}
