/** What one listener gets of events that come faster than it reads. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { createEventStream, mostWaiting } from "../../src/console-api/event-stream.ts";

let listeners: Set<(value: { count: number }) => void>;
let reader: ReadableStreamDefaultReader<string>;
let first: string | undefined;
beforeEach(async () => {
  listeners = new Set();
  const stream = createEventStream<{ count: number }>(
    "number",
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ({ count }) => String(count),
  );
  reader = stream.getReader();
  first = (await reader.read()).value;
});
afterEach(() => reader.cancel());

function send(value: { count: number }): void {
  for (const listener of listeners) listener(value);
}

const read = async () => (await reader.read()).value ?? "";

it("says first that it is connected, which an EventSource waits for", () => {
  expect(first).toBe(": connected\n\n");
});

it("the newest that wait for a slow listener, and how many it missed", async () => {
  for (let count = 0; count < 10_000; count += 1) send({ count });
  const text = await read();
  const received = [...text.matchAll(/event: number\ndata: (\d+)\n\n/g)].map(([, of]) =>
    Number(of),
  );
  const newest = Array.from({ length: mostWaiting }, (_, at) => 10_000 - mostWaiting + at);
  expect(received).toEqual(newest);
  expect(text.startsWith(`event: gap\ndata: {"missed":${10_000 - mostWaiting}}\n\n`)).toBe(true);
});

it("a value that changes before it is sent once, as it is then", async () => {
  const value = { count: 1 };
  send(value);
  send({ count: 7 });
  value.count = 2;
  send(value);
  expect(await read()).toBe("event: number\ndata: 7\n\nevent: number\ndata: 2\n\n");
  value.count = 3;
  send(value);
  expect(await read()).toBe("event: number\ndata: 3\n\n");
});

it("more than anyone can read a second at a time, and less at once", async () => {
  const waits: number[] = [];
  const heard = new Set<(value: number) => void>();
  const stream = createEventStream<number>(
    "number",
    (listener) => {
      heard.add(listener);
      return () => void heard.delete(listener);
    },
    String,
    async (ms) => void waits.push(ms),
  );
  const add = (value: number) => heard.forEach((listener) => listener(value));
  const flooded = stream.getReader();
  await flooded.read();
  for (let count = 0; count < 11; count += 1) add(count);
  await flooded.read();
  add(11);
  await flooded.read();
  add(12);
  await flooded.read();
  await flooded.cancel();
  expect(waits.slice(0, 3)).toEqual([250, 1_000, 250]);
});

it("nothing after it has left", async () => {
  await reader.cancel();
  expect(listeners.size).toBe(0);
});
