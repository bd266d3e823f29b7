import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createChannels } from "../../../src/services/appsync/channels.ts";
import { serveRealtime } from "../../../src/services/appsync/realtime.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("keeps a connection alive for longer than its client waits, and ends with it", () => {
  const sent: object[] = [];
  const connection = serveRealtime(createChannels(), (message) => sent.push(message));
  connection.receive(JSON.stringify({ type: "connection_init" }));
  vi.advanceTimersByTime(300_000);
  expect(sent.filter((message) => "type" in message && message.type === "ka")).toHaveLength(5);
  connection.close();
  expect(vi.getTimerCount()).toBe(0);
});

it("has at most a hundred subscriptions on a connection", () => {
  const sent: object[] = [];
  const connection = serveRealtime(createChannels(), (message) => sent.push(message));
  const subscribe = (id: string) =>
    connection.receive(
      JSON.stringify({ type: "subscribe", id, channel: "/sst/in", authorization: {} }),
    );
  for (let id = 0; id < 100; id += 1) subscribe(String(id));
  subscribe("99");
  expect(sent.at(-1)).toEqual({ type: "subscribe_success", id: "99" });
  subscribe("100");
  expect(sent.at(-1)).toEqual({
    type: "subscribe_error",
    id: "100",
    errors: [{ errorType: "MaxSubscriptionsReachedError" }],
  });
  connection.close();
});
