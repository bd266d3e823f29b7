/** Events in the order of their timestamps. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createOrderedEvents } from "../../src/terminal/in-order.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function collect() {
  const shown: string[] = [];
  const events = createOrderedEvents(({ message }) => void shown.push(message), 50);
  const add = (timestamp: number, message: string) =>
    events.add({ group: "g", stream: "s", timestamp, message });
  return { shown, add, flush: () => events.flush() };
}

it("shows what came within a moment by its timestamps, and equal ones as they came", () => {
  const { shown, add } = collect();
  add(3, "third");
  vi.advanceTimersByTime(49);
  add(2, "second");
  add(3, "fourth");
  add(1, "first");
  expect(shown).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(shown).toEqual(["first", "second", "third", "fourth"]);
});

it("shows what comes later after a moment of its own", () => {
  const { shown, add } = collect();
  add(2, "one");
  vi.advanceTimersByTime(50);
  add(1, "two");
  expect(shown).toEqual(["one"]);
  vi.advanceTimersByTime(50);
  expect(shown).toEqual(["one", "two"]);
});

it("shows the rest at once when it is asked to, and nothing twice", () => {
  const { shown, add, flush } = collect();
  add(2, "two");
  add(1, "one");
  flush();
  expect(shown).toEqual(["one", "two"]);
  vi.advanceTimersByTime(100);
  flush();
  expect(shown).toEqual(["one", "two"]);
});
