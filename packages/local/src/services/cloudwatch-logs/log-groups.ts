/** CloudWatch log groups in memory, written by functions and services. */
import { createBoundedList, type BoundedList } from "../../memory/bounded-list.ts";
import { ownText } from "../../memory/own-text.ts";
import { escapeInJson } from "../../text/escape.ts";

/** One line of a log stream. */
export interface LogEvent {
  readonly group: string;
  readonly stream: string;
  /** Milliseconds since 1970, as CloudWatch Logs counts them. */
  readonly timestamp: number;
  readonly message: string;
  /** Of an access log's line: the path as it was sent, without the query. Listeners get it; it is not kept. */
  readonly sentPath?: string;
}

/** A stored event. */
export interface StoredLogEvent extends LogEvent {
  /** When it was written, in milliseconds since 1970. */
  readonly ingestedAt: number;
  /** A number that is unique in the local cloud, from 1. */
  readonly sequence: number;
}

/** The settings of a log group. */
export interface LogGroup {
  readonly name: string;
  /** Has no effect: events never outlive the process. */
  readonly retentionInDays?: number;
}

/** The log groups of one local cloud. */
export interface LogGroups {
  /** Creates the group, or changes the settings of the one that exists; its events stay. */
  createGroup(name: string, settings?: { retentionInDays?: number }): void;
  /** Deletes the group and its events; a group that does not exist is no error. */
  deleteGroup(name: string): void;
  /** Every group, in the order of creation. */
  groups(): readonly LogGroup[];
  /** When the group was created, in milliseconds since 1970; undefined for an unknown group. */
  createdAt(group: string): number | undefined;
  /**
   * Appends an event and notifies the listeners. A missing group is created without a retention,
   * as Lambda does when a function's role allows it (documented). Control characters of the message,
   * which can be a stranger's, are escaped: readers print it on terminals.
   */
  write(event: LogEvent): void;
  /** The events kept for the group, in the order of writing; none for an unknown group. */
  read(group: string): readonly StoredLogEvent[];
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
  readonly events: BoundedList<StoredLogEvent>;
}

/** Creates an empty set of log groups; `now` gives milliseconds since 1970. */
export function createLogGroups(now: () => number = Date.now): LogGroups {
  const stored = new Map<string, StoredGroup>();
  const listeners = new Set<(event: LogEvent) => void>();
  let sequence = 0;

  function createGroup(name: string, settings: { retentionInDays?: number } = {}): StoredGroup {
    const former = stored.get(name);
    const group = {
      description: { name, ...settings },
      createdAt: former?.createdAt ?? now(),
      events: former?.events ?? createBoundedList<StoredLogEvent>(bounds),
    };
    stored.set(name, group);
    return group;
  }

  function write(written: LogEvent): void {
    const event = { ...written, message: escapeInJson(written.message) };
    const group = stored.get(event.group) ?? createGroup(event.group);
    sequence += 1;
    const { stream, timestamp } = event;
    const { text: message, bytes } = ownText(event.message);
    group.events.add(
      { group: group.description.name, stream, timestamp, message, ingestedAt: now(), sequence },
      bytes + eventBytes,
    );
    for (const listener of listeners) listener(event);
  }

  function subscribe(listener: (event: LogEvent) => void): () => void {
    // Wrapped, so that a function subscribed twice is called twice and unsubscribed separately.
    const own = (event: LogEvent): void => listener(event);
    listeners.add(own);
    return () => void listeners.delete(own);
  }

  return {
    createGroup: (name, settings) => void createGroup(name, settings),
    deleteGroup: (name) => void stored.delete(name),
    groups: () => [...stored.values()].map((group) => group.description),
    createdAt: (group) => stored.get(group)?.createdAt,
    write,
    read: (group) => stored.get(group)?.events.list() ?? [],
    subscribe,
  };
}
