/** CloudWatch log groups, kept in memory: what the local functions and services write. */
import { createBoundedEvents, type BoundedEvents } from "./bounded-events.ts";

/** One line of a log stream. */
export interface LogEvent {
  readonly group: string;
  readonly stream: string;
  /** Milliseconds since 1970, as CloudWatch Logs counts them. */
  readonly timestamp: number;
  readonly message: string;
}

/** A log group as it was created. */
export interface LogGroup {
  readonly name: string;
  /** Stated by whoever created the group; events here never outlive the process. */
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
  /**
   * Appends an event and tells the listeners. A missing group is created without a retention,
   * as Lambda does when a function's role allows it (documented).
   */
  write(event: LogEvent): void;
  /** The events kept for the group, oldest first; none for an unknown group. */
  read(group: string): readonly LogEvent[];
  /** Calls `listener`, which must not throw, for each later event; returns what ends that. */
  subscribe(listener: (event: LogEvent) => void): () => void;
}

interface StoredGroup {
  readonly description: LogGroup;
  readonly events: BoundedEvents;
}

/** Creates an empty set of log groups. */
export function createLogGroups(): LogGroups {
  const stored = new Map<string, StoredGroup>();
  const listeners = new Set<(event: LogEvent) => void>();

  function createGroup(name: string, settings: { retentionInDays?: number } = {}): StoredGroup {
    const group = {
      description: { name, ...settings },
      events: stored.get(name)?.events ?? createBoundedEvents(),
    };
    stored.set(name, group);
    return group;
  }

  return {
    createGroup: (name, settings) => void createGroup(name, settings),
    deleteGroup: (name) => void stored.delete(name),
    groups: () => [...stored.values()].map((group) => group.description),
    write(event) {
      const group = stored.get(event.group) ?? createGroup(event.group);
      group.events.add(event);
      for (const listener of listeners) listener(event);
    },
    read: (group) => stored.get(group)?.events.list() ?? [],
    subscribe(listener) {
      // Wrapped, so that the same function subscribed twice is called twice and ended apart.
      const own = (event: LogEvent): void => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
