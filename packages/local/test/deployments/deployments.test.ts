/** The applied graph: create, update, same, removal; rejections by name. */
import * as z from "zod";
import { beforeEach, describe, expect, it } from "vitest";
import { createDeployments } from "../../src/deployments/deployments.ts";
import { defineResource } from "../../src/provider/resource-type.ts";
import type { Registration } from "../../src/deployments/protocol.ts";

const unweighed = { service: "Shelf", text: "big boxes are not weighed" };

const stage = "local";

function registration(name: string, fields: Partial<Registration> = {}): Registration {
  return {
    urn: `urn:pulumi:local::app::test:box::${name}`,
    type: "test:box",
    name,
    parent: "",
    custom: true,
    ignoreChanges: [],
    dependencies: {},
    dependsOn: [],
    inputs: { size: 1 },
    ...fields,
  };
}

const labelled = (label: string) =>
  registration("a", { inputs: { size: 1, label }, ignoreChanges: ["label"] });

/** A shelf of boxes: what stands in the world that resources are applied to. */
function createShelf() {
  const boxes = new Map<string, number>();
  const removed: string[] = [];
  let made = 0;
  const box = defineResource({
    type: "test:box",
    inputs: z.object({ size: z.int(), label: z.string().optional() }),
    apply: ({ size }, { previous }) => {
      const id = previous?.id ?? `box-${(made += 1)}`;
      boxes.set(id, size);
      return { id, outputs: { volume: size ** 3 } };
    },
    limitations: ({ size }) => (size > 5 ? [unweighed] : []),
    read: (id) => ({ volume: id.length }),
    remove: ({ id }) => {
      boxes.delete(id);
      removed.push(id);
    },
  });
  return { boxes, removed, box };
}

describe("a deployment", () => {
  let shelf: ReturnType<typeof createShelf>;
  let deployments: ReturnType<typeof createDeployments>;
  beforeEach(() => {
    shelf = createShelf();
    deployments = createDeployments([shelf.box], () => ({}));
    deployments.begin(stage);
  });

  it("rejects a component whose resources its provider would create, by name", async () => {
    const remote = registration("a", { type: "awsx:index:Trail", custom: false, remote: true });
    await expect(deployments.apply(remote)).rejects.toThrow(
      'awsx:index:Trail ("a") is a remote component',
    );
    const seen = registration("b", { custom: false, remote: false });
    await expect(deployments.apply(seen)).resolves.toMatchObject({
      id: "",
    });
  });

  it("applies a resource and answers with its id, its inputs and what was computed", async () => {
    await expect(deployments.apply(registration("a", { inputs: { size: 2 } }))).resolves.toEqual({
      operation: "create",
      id: "box-1",
      outputs: { size: 2, volume: 8 },
    });
  });

  it("does not change a resource whose inputs are the same", async () => {
    await deployments.apply(registration("a"));
    await deployments.complete();
    shelf.boxes.set("box-1", 99);
    deployments.begin(stage);
    const { operation, id } = await deployments.apply(registration("a"));
    expect({ operation, id, size: shelf.boxes.get("box-1") }).toEqual({
      operation: "same",
      id: "box-1",
      size: 99,
    });
  });

  it("updates a resource whose inputs changed, under the id that it has", async () => {
    await deployments.apply(registration("a"));
    await deployments.complete();
    deployments.begin(stage);
    const applied = await deployments.apply(registration("a", { inputs: { size: 3 } }));
    expect(applied).toMatchObject({ operation: "update", id: "box-1", outputs: { volume: 27 } });
  });

  it("keeps the value of a property whose changes are to be ignored", async () => {
    await deployments.apply(labelled("first"));
    await deployments.complete();
    deployments.begin(stage);
    const { operation, outputs } = await deployments.apply(labelled("second"));
    expect({ operation, label: outputs["label"] }).toEqual({ operation: "same", label: "first" });
    expect(deployments.graph(stage)).toMatchObject([{ ignoreChanges: ["label"] }]);
  });

  it("removes what is no longer registered, the last first", async () => {
    for (const name of ["a", "b", "c"]) await deployments.apply(registration(name));
    await deployments.complete();
    deployments.begin(stage);
    await deployments.apply(registration("b"));
    await deployments.complete();
    expect(shelf.removed).toEqual(["box-3", "box-1"]);
    expect(deployments.graph(stage).map(({ name }) => name)).toEqual(["b"]);
  });

  it("does not change the resources of another stage", async () => {
    await deployments.apply(registration("a"));
    await deployments.complete();
    deployments.begin("other");
    await deployments.complete();
    expect(deployments.graph(stage)).toHaveLength(1);
  });

  it("removes everything when the stage is destroyed", async () => {
    await deployments.apply(registration("a"));
    await deployments.destroy();
    expect([...shelf.boxes]).toEqual([]);
  });

  it("looks a resource up without making it, and does not remove it either", async () => {
    const { outputs } = await deployments.apply(registration("a", { existingId: "four" }));
    await deployments.destroy();
    expect({ outputs, removed: shelf.removed }).toEqual({ outputs: { volume: 4 }, removed: [] });
  });

  it("says once what it does not enforce, for the stage that has it", async () => {
    for (const name of ["a", "b"]) {
      await deployments.apply(registration(name, { inputs: { size: 6 } }));
    }
    expect(deployments.limitations(stage)).toEqual([unweighed]);
    await deployments.destroy();
    expect(deployments.limitations(stage)).toEqual([]);
  });

  it("rejects a resource type that it does not know, by name", async () => {
    await expect(
      deployments.apply(registration("db", { type: "aws:rds/instance:Instance" })),
    ).rejects.toThrow(/aws:rds\/instance:Instance.*"db"/);
  });

  it("rejects inputs that it does not understand, by property", async () => {
    await expect(deployments.apply(registration("a", { inputs: { size: "big" } }))).rejects.toThrow(
      /test:box "a"[\s\S]*size/,
    );
  });

  it("rejects a resource that is registered twice", async () => {
    await deployments.apply(registration("a"));
    await expect(deployments.apply(registration("a"))).rejects.toThrow("registered twice");
  });
});
