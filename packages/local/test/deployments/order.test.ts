/**
 * The order in which a deployment creates, changes and deletes: Pulumi's.
 * https://github.com/pulumi/pulumi/blob/1b5949891b/pkg/resource/deploy/step_generator.go
 * https://github.com/pulumi/pulumi-terraform-bridge/blob/59de6c661/pkg/tfbridge/schema.go
 */
import * as z from "zod";
import { beforeEach, describe, expect, it } from "vitest";
import { createDeployments } from "../../src/deployments/deployments.ts";
import type { Registration } from "../../src/deployments/protocol.ts";
import { replacedWhen } from "../../src/provider/removal.ts";
import { defineResource } from "../../src/provider/resource-type.ts";

const boxInputs = z.strictObject({
  colour: z.string(),
  size: z.int(),
  name: z.string().optional(),
  inside: z.string().optional(),
});

/** What happens to boxes: AWS would fix their colour, their name and what they are inside of. */
function createBoxes() {
  const events: string[] = [];
  let failing: string | undefined;
  let made = 0;
  const box = replacedWhen(
    ["colour", "name", "inside"],
    defineResource({
      type: "test:box",
      inputs: boxInputs,
      apply: ({ colour, size }, { name, previous }) => {
        if (name === failing) throw new Error(`${name} fails`);
        const id = previous?.id ?? `${name}-${(made += 1)}`;
        events.push(`${previous ? "change" : "create"} ${id} ${colour} ${size}`);
        return { id, outputs: {} };
      },
      remove: ({ id }) => void events.push(`delete ${id}`),
    }),
  );
  const deployments = createDeployments([box], () => ({}));

  /** Deploys boxes; gives what happened, in order. */
  async function deploy(...boxes: readonly Box[]) {
    events.splice(0);
    deployments.begin("local");
    for (const declared of boxes) await deployments.apply(registrationOf(declared));
    await deployments.complete();
    return events.slice();
  }

  return {
    deploy,
    events,
    /** Has the box with this name fail from now on, or none. */
    fail(name: string | undefined): void {
      failing = name;
    },
    destroy: () => deployments.destroy(),
  };
}

interface Box extends Partial<Pick<Registration, "deleteBeforeReplace">> {
  readonly is: string;
  readonly colour?: string;
  readonly size?: number;
  readonly name?: string;
  /** The box that it is inside of: an input that AWS fixes. */
  readonly inside?: string;
  /** A box that its size depends on: an input that can change. */
  readonly sizedLike?: string;
}

const urnOf = (is: string) => `urn:pulumi:local::app::test:box::${is}`;

function registrationOf(box: Box): Registration {
  const { is, colour = "red", size = 1, name, inside, sizedLike, ...options } = box;
  return {
    urn: urnOf(is),
    type: "test:box",
    name: is,
    parent: "",
    custom: true,
    ignoreChanges: [],
    dependencies: {
      ...(inside === undefined ? {} : { inside: [urnOf(inside)] }),
      ...(sizedLike === undefined ? {} : { size: [urnOf(sizedLike)] }),
    },
    dependsOn: [],
    inputs: {
      colour,
      size,
      ...(name === undefined ? {} : { name }),
      ...(inside === undefined ? {} : { inside }),
    },
    ...options,
  };
}

let boxes: ReturnType<typeof createBoxes>;
beforeEach(() => {
  boxes = createBoxes();
});

const blue = { colour: "blue" };

describe("a resource that is replaced", () => {
  it("is deleted at the end, after everything was created and changed", async () => {
    await boxes.deploy({ is: "a" }, { is: "b" });
    expect(await boxes.deploy({ is: "a", ...blue }, { is: "b", size: 2 }, { is: "c" })).toEqual([
      "create a-3 blue 1",
      "change b-2 red 2",
      "create c-4 red 1",
      "delete a-1",
    ]);
  });

  it("is deleted with what is no longer registered, the last first", async () => {
    await boxes.deploy({ is: "a" }, { is: "b" }, { is: "c" });
    expect(await boxes.deploy({ is: "b", ...blue })).toEqual([
      "create b-4 blue 1",
      "delete c-3",
      "delete b-2",
      "delete a-1",
    ]);
  });

  it("is deleted first when the program says so", async () => {
    await boxes.deploy({ is: "a" });
    expect(await boxes.deploy({ is: "a", ...blue, deleteBeforeReplace: true })).toEqual([
      "delete a-1",
      "create a-2 blue 1",
    ]);
  });

  it("is deleted first when the program names it, unless the program says otherwise", async () => {
    await boxes.deploy({ is: "a", name: "one" });
    expect(await boxes.deploy({ is: "a", name: "other" })).toEqual([
      "delete a-1",
      "create a-2 red 1",
    ]);
    const last = { is: "a", name: "third", deleteBeforeReplace: false };
    expect(await boxes.deploy(last)).toEqual(["create a-3 red 1", "delete a-2"]);
  });

  it("stands while its replacement fails", async () => {
    await boxes.deploy({ is: "a" });
    boxes.fail("a");
    await expect(boxes.deploy({ is: "a", ...blue })).rejects.toThrow("a fails");
    boxes.fail(undefined);
    expect(await boxes.deploy({ is: "a" })).toEqual([]);
  });

  it("is deleted by the next deployment when a later resource of this one fails", async () => {
    await boxes.deploy({ is: "a" });
    boxes.fail("b");
    await expect(boxes.deploy({ is: "a", ...blue }, { is: "b" })).rejects.toThrow("b fails");
    expect(boxes.events).toEqual(["create a-2 blue 1"]);
    expect(await boxes.deploy({ is: "a", ...blue })).toEqual(["delete a-1"]);
  });

  it("is deleted when the stage is destroyed before it could be", async () => {
    await boxes.deploy({ is: "a" });
    boxes.fail("b");
    await expect(boxes.deploy({ is: "a", ...blue }, { is: "b" })).rejects.toThrow("b fails");
    await boxes.destroy();
    expect(boxes.events.toSorted()).toEqual(["create a-2 blue 1", "delete a-1", "delete a-2"]);
  });
});

describe("a resource that is deleted first", () => {
  const first = { is: "a", deleteBeforeReplace: true };

  it("takes with it, before, what is fixed to it, and what is fixed to that", async () => {
    const others = [
      { is: "b", inside: "a" },
      { is: "c", inside: "b" },
    ];
    await boxes.deploy(first, ...others);
    expect(await boxes.deploy({ ...first, ...blue }, ...others)).toEqual([
      "delete c-3",
      "delete b-2",
      "delete a-1",
      "create a-4 blue 1",
      "create b-5 red 1",
      "create c-6 red 1",
    ]);
  });

  it("leaves what depends on it only by an input that can change", async () => {
    const other = { is: "b", sizedLike: "a" };
    await boxes.deploy(first, other);
    expect(await boxes.deploy({ ...first, ...blue }, other)).toEqual([
      "delete a-1",
      "create a-3 blue 1",
    ]);
  });

  it("takes with it what the program no longer has", async () => {
    await boxes.deploy(first, { is: "b", inside: "a" });
    expect(await boxes.deploy({ ...first, ...blue })).toEqual([
      "delete b-2",
      "delete a-1",
      "create a-3 blue 1",
    ]);
  });
});
