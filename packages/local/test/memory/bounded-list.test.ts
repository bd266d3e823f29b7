/** Lists that drop their oldest items, and what they hold. */
import { describe, expect, it } from "vitest";
import { createBoundedList } from "../../src/memory/bounded-list.ts";
import { collectGarbage, heldBytes } from "../support/memory.ts";

describe("a bounded list", () => {
  it("keeps the newest items", () => {
    const list = createBoundedList<number>({ mostItems: 3, mostBytes: 1000 });
    for (let item = 1; item <= 10; item += 1) list.add(item, 1);
    expect(list.list()).toEqual([8, 9, 10]);
  });

  it("keeps as many as there is memory for", () => {
    const list = createBoundedList<string>({ mostItems: 10, mostBytes: 100 });
    list.add("a", 60);
    list.add("b", 40);
    expect(list.list()).toEqual(["a", "b"]);
    list.add("c", 1);
    expect(list.list()).toEqual(["b", "c"]);
    list.add("too large", 101);
    expect(list.list()).toEqual([]);
    list.add("d", 100);
    expect(list.list()).toEqual(["d"]);
  });

  it("holds no item that it has dropped", async () => {
    const list = createBoundedList<object>({ mostItems: 1000, mostBytes: 10 });
    const first = new WeakRef({});
    list.add(first.deref() ?? {}, 10);
    list.add({}, 10);
    await collectGarbage();
    expect(first.deref()).toBeUndefined();
  });

  it("may hold undefined", () => {
    const list = createBoundedList<undefined>({ mostItems: 2, mostBytes: 10 });
    list.add(undefined, 1);
    expect(list.list()).toEqual([undefined]);
  });

  it("holds its bound, measured", async () => {
    const list = createBoundedList<Buffer>({ mostItems: 10_000, mostBytes: 8 * 1024 * 1024 });
    const before = await heldBytes();
    for (let added = 0; added < 9_000; added += 1) list.add(Buffer.alloc(50_000), 50_000);
    expect((await heldBytes()) - before).toBeLessThan(10 * 1024 * 1024);
    expect(list.list()).toHaveLength(167);
  });
});
