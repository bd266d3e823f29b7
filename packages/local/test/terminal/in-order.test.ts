/** Events in the order of their timestamps. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createOrderedEvents } from "../../src/terminal/in-order.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const wait = 50;

interface Said {
  readonly timestamp: number;
  readonly message: string;
}

function collect() {
  const start = Date.now();
  const shown: string[] = [];
  const events = createOrderedEvents(({ message }: Said) => void shown.push(message), wait);
  const add = (time: number, message: string) => events.add({ timestamp: start + time, message });
  return { shown, add, flush: () => events.flush() };
}

it("shows each a moment after its time, and equal ones as they came", () => {
  const { shown, add } = collect();
  add(0, "first");
  vi.advanceTimersByTime(3);
  add(3, "third");
  add(2, "second");
  add(3, "fourth");
  expect(shown).toEqual([]);
  vi.advanceTimersByTime(wait);
  expect(shown).toEqual(["first", "second", "third", "fourth"]);
});

it("shows in order what comes just before and just after others are shown", () => {
  const { shown, add } = collect();
  add(0, "one");
  vi.advanceTimersByTime(wait - 1);
  add(wait - 1, "three");
  vi.advanceTimersByTime(2);
  expect(shown).toEqual(["one"]);
  add(wait - 2, "two");
  vi.advanceTimersByTime(wait);
  expect(shown).toEqual(["one", "two", "three"]);
});

it("shows in order what waits in pipes while the process is busy", () => {
  const { shown, add } = collect();
  add(1, "two");
  vi.setSystemTime(Date.now() + 10 * wait);
  // Timers come first in a turn of the event loop, then what was received, then what is immediate.
  vi.advanceTimersToNextTimer();
  add(0, "one");
  vi.runAllTimers();
  expect(shown).toEqual(["one", "two"]);
});

it("shows next what comes later than a moment after its time", () => {
  const { shown, add } = collect();
  add(-10 * wait, "old");
  vi.advanceTimersByTime(1);
  expect(shown).toEqual(["old"]);
});

it("does not wait for the clock of another that is ahead", () => {
  const { shown, add } = collect();
  add(3_600_000, "ahead");
  vi.advanceTimersByTime(wait + 1);
  expect(shown).toEqual(["ahead"]);
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
