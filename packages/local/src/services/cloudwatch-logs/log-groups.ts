/** CloudWatch log groups in memory, written by functions and services. */
import { AwsError } from "../../aws-protocol/errors.ts";
import { createBoundedList, type BoundedList } from "../../memory/bounded-list.ts";
import { ownText } from "../../memory/own-text.ts";
import { escapeInJson } from "../../text/escape.ts";
import { noEncryption, type MessageEncryption, type StoredMessage } from "./message-encryption.ts";

/** One line of a log stream. */
export interface LogEvent {
  readonly group: string;
  readonly stream: string;
  /** Milliseconds since 1970, as CloudWatch Logs counts them. */
  readonly timestamp: number;
  readonly message: string;
}

/** A stored event. */
export interface StoredLogEvent extends LogEvent {
  /** When it was written, in milliseconds since 1970. */
  readonly ingestedAt: number;
  /** A number that is unique in the local cloud, from 1. */
  readonly sequence: number;
}

/** A stored event without its message. */
export interface EventDescription extends Omit<StoredLogEvent, "message"> {
  /** Of the message. */
  readonly bytes: number;
}

/** The settings of a log group. */
export interface LogGroup extends LogGroupSettings {
  readonly name: string;
}

/** What can be changed of it. */
export interface LogGroupSettings {
  /** Has no effect: events never outlive the process. */
  readonly retentionInDays?: number | undefined;
  /** The key of KMS by which its later events are encrypted. */
  readonly kmsKeyId?: string | undefined;
}

/** The log groups of one local cloud. */
export interface LogGroups {
  /**
   * Creates the group, or changes the settings of the one that exists; its events stay. @throws
   * AwsError when CloudWatch Logs may not use its key
   */
  createGroup(name: string, settings?: LogGroupSettings): void;
  /** Deletes the group and its events; a group that does not exist is no error. */
  deleteGroup(name: string): void;
  /** Every group, in the order of creation. */
  groups(): readonly LogGroup[];
  /** When the group was created, in milliseconds since 1970; undefined for an unknown group. */
  createdAt(group: string): number | undefined;
  /**
   * Appends an event and notifies the listeners. A missing group is created without a retention,
   * as Lambda does when a function's role allows it (documented). Control characters of the message,
   * which can be a stranger's, are escaped: readers print it on terminals. An event that the group's
   * key cannot encrypt is lost (assumed).
   */
  write(event: LogEvent): void;
  /**
   * The events kept for the group, in the order of writing, those from a timestamp on: only these are
   * decrypted. None for an unknown group. @throws AwsError when CloudWatch Logs may not use the key of one
   * of them
   */
  read(group: string, since?: number): readonly StoredLogEvent[];
  /** The same without their messages, for which no key is needed. */
  describe(group: string): readonly EventDescription[];
  /** Calls `listener`, which must not throw, for each later event; returns the unsubscribe. */
  subscribe(listener: (event: LogEvent) => void): () => void;
}

/** Of a group: the newest events, in 16 MiB of memory. */
const bounds = { mostItems: 10_000, mostBytes: 16 * 1024 * 1024 };

/** An event without its message, in bytes. */
const eventBytes = 300;

interface StoredGroup {
  readonly description: LogGroup;
  readonly createdAt: number;
  readonly events: BoundedList<KeptEvent>;
}

type KeptEvent = Omit<StoredLogEvent, "message"> & { readonly message: StoredMessage };

/** Creates an empty set of log groups; `now` gives milliseconds since 1970. */
export function createLogGroups(
  now: () => number = Date.now,
  encryption: MessageEncryption = noEncryption,
): LogGroups {
  const stored = new Map<string, StoredGroup>();
  const listeners = new Set<(event: LogEvent) => void>();
  let sequence = 0;

  function createGroup(name: string, settings: LogGroupSettings = {}): StoredGroup {
    const former = stored.get(name);
    const { kmsKeyId } = settings;
    if (kmsKeyId !== undefined) encryption.checkAccess(name, kmsKeyId);
    const group = {
      description: { name, ...settings },
      createdAt: former?.createdAt ?? now(),
      events: former?.events ?? createBoundedList<KeptEvent>(bounds),
    };
    stored.set(name, group);
    return group;
  }

  function write(written: LogEvent): void {
    const event = { ...written, message: escapeInJson(written.message) };
    const group = stored.get(event.group) ?? createGroup(event.group);
    sequence += 1;
    const { stream, timestamp } = event;
    const { name, kmsKeyId } = group.description;
    const { text, bytes } = ownText(event.message);
    const message = kmsKeyId === undefined ? text : sealed(name, kmsKeyId, text);
    if (message === undefined) return;
    const kept = { group: name, stream, timestamp, message, ingestedAt: now(), sequence };
    group.events.add(kept, bytes + eventBytes);
    for (const listener of listeners) listener(event);
  }

  /** The encrypted text; undefined where the key cannot be used. */
  function sealed(group: string, keyId: string, text: string): StoredMessage | undefined {
    try {
      return encryption.seal(group, keyId, text);
    } catch (error) {
      if (error instanceof AwsError) return undefined;
      throw error;
    }
  }

  function open(event: KeptEvent): StoredLogEvent {
    const { group, message } = event;
    return {
      ...event,
      message: typeof message === "string" ? message : encryption.open(group, message),
    };
  }

  function subscribe(listener: (event: LogEvent) => void): () => void {
    // Wrapped, so that a function subscribed twice is called twice and unsubscribed separately.
    const own = (event: LogEvent): void => listener(event);
    listeners.add(own);
    return () => void listeners.delete(own);
  }

  const kept = (group: string) => stored.get(group)?.events.list() ?? [];

  return {
    createGroup: (name, settings) => void createGroup(name, settings),
    deleteGroup: (name) => void stored.delete(name),
    groups: () => [...stored.values()].map((group) => group.description),
    createdAt: (group) => stored.get(group)?.createdAt,
    write,
    read: (group, since = 0) =>
      kept(group)
        .filter(({ timestamp }) => timestamp >= since)
        .map(open),
    describe: (group) =>
      kept(group).map(({ message, ...event }) => ({ ...event, bytes: sizeOf(message) })),
    subscribe,
  };
}

function sizeOf(message: StoredMessage): number {
  return typeof message === "string" ? Buffer.byteLength(message) : message.blob.length;
}
