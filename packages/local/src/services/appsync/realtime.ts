/**
 * The WebSocket of AppSync Events, one connection of it
 * (documented: APPSYNC/event-api-websocket-protocol).
 */
import * as z from "zod";
import type { Channels } from "./channels.ts";
import { channelSchema } from "./event-request.ts";

/** A client gives a connection up that has been silent for so long (documented: 5 minutes). */
const CONNECTION_TIMEOUT_MS = 300_000;

/** How often a connection is told that it is alive (documented: every minute). */
const KEEP_ALIVE_MS = 60_000;

/** Subscriptions of a connection; the local cloud's own bound. */
const MOST_SUBSCRIPTIONS = 100;

const messageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("connection_init") }),
  z.strictObject({
    type: z.literal("subscribe"),
    id: z.string().min(1),
    channel: channelSchema,
    authorization: z.record(z.string(), z.string()),
  }),
]);

/** One client's connection. */
interface RealtimeConnection {
  /** Takes a message of the client. */
  receive(text: string): void;
  /** Ends every subscription. */
  close(): void;
}

/** Serves one client; `send` writes a message to it. */
export function serveRealtime(
  channels: Channels,
  send: (message: object) => void,
): RealtimeConnection {
  const subscriptions = new Map<string, () => void>();
  let keepAlive: NodeJS.Timeout | undefined;

  function subscribe(id: string, channel: string): void {
    // A client that has reconnected asks for the same again.
    subscriptions.get(id)?.();
    subscriptions.delete(id);
    if (subscriptions.size >= MOST_SUBSCRIPTIONS) {
      send({
        type: "subscribe_error",
        id,
        errors: [{ errorType: "MaxSubscriptionsReachedError" }],
      });
      return;
    }
    subscriptions.set(
      id,
      channels.subscribe(channel, (event) => send({ type: "data", id, event })),
    );
    send({ type: "subscribe_success", id });
  }

  function receive(text: string): void {
    const parsed = messageSchema.safeParse(parseJson(text));
    if (!parsed.success) {
      const message = z.prettifyError(parsed.error);
      send({ type: "error", errors: [{ errorType: "UnsupportedOperation", message }] });
      return;
    }
    const { data } = parsed;
    if (data.type === "subscribe") return subscribe(data.id, data.channel);
    send({ type: "connection_ack", connectionTimeoutMs: CONNECTION_TIMEOUT_MS });
    keepAlive ??= setInterval(() => send({ type: "ka" }), KEEP_ALIVE_MS);
  }

  function close(): void {
    clearInterval(keepAlive);
    for (const end of subscriptions.values()) end();
    subscriptions.clear();
  }

  return { receive, close };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
