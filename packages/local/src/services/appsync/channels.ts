/** The channels of AppSync Events, in memory. */

/** Receives the events of a channel, each as the text that was published. */
type EventListener = (event: string) => void;

/** Channels by their whole path, such as `/sst/app/stage/in`; wildcards are not supported. */
export interface Channels {
  /** Sends the event to every subscriber; false when there is none. */
  publish(channel: string, event: string): boolean;
  /** Returns what ends the subscription. */
  subscribe(channel: string, listener: EventListener): () => void;
}

/** Creates channels without subscribers. */
export function createChannels(): Channels {
  const subscribers = new Map<string, Set<EventListener>>();

  function publish(channel: string, event: string): boolean {
    const listeners = subscribers.get(channel) ?? new Set();
    for (const listener of listeners) listener(event);
    return listeners.size > 0;
  }

  function subscribe(channel: string, listener: EventListener): () => void {
    const listeners = subscribers.get(channel) ?? new Set();
    subscribers.set(channel, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) subscribers.delete(channel);
    };
  }

  return { publish, subscribe };
}
