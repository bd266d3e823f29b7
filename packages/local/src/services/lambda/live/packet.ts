/**
 * The packets between the SST CLI and the bridge (recorded: cmd/sst/mosaic/aws/bridge/bridge.go of
 * SST). A message is split into packets of 128 KiB.
 */
import { randomUUID } from "node:crypto";
import * as z from "zod";

/** The types of messages, without those of tasks (7 and 8). */
export const messageTypes = {
  init: 0,
  ping: 1,
  next: 2,
  response: 3,
  error: 4,
  reboot: 5,
  initError: 6,
} as const;

/** The name of a message type. */
export type MessageType = keyof typeof messageTypes;

const PACKET_BYTES = 128 * 1024;

/** Messages whose rest never comes are forgotten, the oldest first. */
const MOST_UNFINISHED = 100;

const packetSchema = z.strictObject({
  type: z.int(),
  source: z.string(),
  id: z.string().min(1),
  index: z.int().min(0),
  /** Base64. */
  data: z.base64(),
  final: z.boolean(),
});

type Packet = z.infer<typeof packetSchema>;

/** A whole message. */
export interface Message {
  readonly type: MessageType;
  /** In a response: the id of the request. */
  readonly id: string;
  readonly body: string;
}

/** A packet of an unknown format, which the message names. */
class UnknownPacketError extends Error {
  override readonly name = "UnknownPacketError";
}

/** Splits a message into packets, each the text of an event. The last one may be empty. */
export function writeMessage(type: MessageType, source: string, body: string): string[] {
  const bytes = Buffer.from(body, "utf8");
  const id = randomUUID();
  const count = Math.floor(bytes.length / PACKET_BYTES) + 1;
  return Array.from({ length: count }, (_, index) => {
    const data = bytes.subarray(index * PACKET_BYTES, (index + 1) * PACKET_BYTES);
    const final = index === count - 1;
    const packet = { type: messageTypes[type], source, id, index, data: data.toString("base64") };
    return JSON.stringify({ ...packet, final } satisfies Packet);
  });
}

/**
 * Reassembles packets in any order: returns the message once it is complete.
 * @throws UnknownPacketError
 */
export function createMessageReader(): (event: string) => Message | undefined {
  const unfinished = new Map<string, Packet[]>();
  return (event) => {
    const packet = parsePacket(event);
    const packets = [...(unfinished.get(packet.id) ?? []), packet];
    const last = packets.find(({ final }) => final);
    if (last === undefined || packets.length <= last.index) {
      unfinished.set(packet.id, packets);
      const [oldest] = unfinished.keys();
      if (unfinished.size > MOST_UNFINISHED && oldest !== undefined) unfinished.delete(oldest);
      return undefined;
    }
    unfinished.delete(packet.id);
    const inOrder = packets.toSorted((one, other) => one.index - other.index);
    const bytes = Buffer.concat(inOrder.map(({ data }) => Buffer.from(data, "base64")));
    return { type: typeOf(packet), id: packet.id, body: bytes.toString("utf8") };
  };
}

function parsePacket(event: string): Packet {
  try {
    return packetSchema.parse(JSON.parse(event));
  } catch (cause) {
    const problem = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new UnknownPacketError(`The SST CLI sent a packet of an unknown form: ${problem}`, {
      cause,
    });
  }
}

function typeOf({ type }: Packet): MessageType {
  for (const name of Object.keys(messageTypes)) {
    if (isMessageType(name) && messageTypes[name] === type) return name;
  }
  throw new UnknownPacketError(`The SST CLI sent a packet of the unknown type ${type}.`);
}

function isMessageType(name: string): name is MessageType {
  return name in messageTypes;
}
