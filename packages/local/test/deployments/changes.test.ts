/** What a deployment changed. */
import { expect, it } from "vitest";
import { changesBetween } from "../../src/deployments/changes.ts";

const resource = (name: string, inputs: Record<string, unknown> = {}, id = name) => ({
  id,
  name,
  urn: `urn:${name}`,
  type: "test:box",
  parent: "",
  outputs: {},
  inputs,
});

it("resources are added, removed, and changed in some of their inputs", () => {
  const before = [resource("stays", { size: 1 }), resource("goes"), resource("grows", { size: 1 })];
  const after = [
    resource("stays", { size: 1 }),
    resource("comes"),
    resource("grows", { size: 2, tag: "new" }),
  ];
  expect(changesBetween(before, after)).toMatchObject([
    { name: "comes", kind: "added", inputs: [] },
    {
      name: "grows",
      kind: "changed",
      inputs: [
        { name: "size", before: 1, after: 2 },
        { name: "tag", before: undefined, after: "new" },
      ],
    },
    { name: "goes", kind: "removed" },
  ]);
});

it("components are left out", () => {
  expect(changesBetween([], [resource("component", {}, "")])).toEqual([]);
});
