/** A listener that does not keep up is told how many events it missed. */
import { expect, it } from "vitest";
import { createEventStream } from "../../src/console-api/event-stream.ts";

it("drops what waits for a slow listener, and marks the gap", async () => {
  const listeners: ((value: number) => void)[] = [];
  let isSubscribed = true;
  const stream = createEventStream<number>(
    "number",
    (listener) => {
      listeners.push(listener);
      return () => {
        isSubscribed = false;
      };
    },
    String,
  );
  const reader = stream.getReader();
  expect((await reader.read()).value).toBe(": connected\n\n");
  for (let count = 0; count < 1_000; count += 1) listeners[0]?.(count);
  let text = "";
  while (!text.includes("data: 999\n")) text += (await reader.read()).value ?? "";
  const missed = [...text.matchAll(/event: gap\ndata: \{"missed":(\d+)\}/g)];
  const received = [...text.matchAll(/event: number/g)];
  const sum = missed.reduce((total, [, number]) => total + Number(number), 0);
  expect(sum).toBeGreaterThan(0);
  expect(sum + received.length).toBe(1_000);
  await reader.cancel();
  expect(isSubscribed).toBe(false);
});
