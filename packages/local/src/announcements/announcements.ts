/** Announcements: what the local cloud tells its user, of which AWS logs nothing. */
import type { RefusedAction } from "../services/cloudwatch/alarms/actions.ts";
import type { AlarmChange } from "../services/cloudwatch/alarms/alarm.ts";
import type { FaultChange } from "../faults/faults.ts";
import type { CodeDelivery } from "../services/cognito/model.ts";
import type { TopicMail } from "../services/sns/mail.ts";
import type { DeadLetter } from "../services/sqs/dead-letter.ts";

/**
 * A code that Cognito would mail, a mail of a topic, a message that came into a dead-letter queue, a fault
 * that was injected, met or ended, an alarm that went off or ended, or a topic that refused an alarm's
 * notification.
 */
export type Announcement = {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
} & (
  | { readonly kind: "mail"; readonly mail: CodeDelivery }
  | { readonly kind: "topicMail"; readonly mail: TopicMail }
  | { readonly kind: "deadLetter"; readonly letter: DeadLetter }
  | { readonly kind: "fault"; readonly change: FaultChange }
  | { readonly kind: "alarm"; readonly change: AlarmChange }
  | { readonly kind: "refusedAction"; readonly action: RefusedAction }
);

/** Announcements that wait for the first listener: those of a deployment. */
const mostWaiting = 100;

/** The announcements of one local cloud. */
export interface Announcements {
  /**
   * Calls `listener`, which must not throw, for each later announcement; the first listener for those
   * that were made before it as well.
   */
  subscribe(listener: (announcement: Announcement) => void): void;
}

/** Creates announcements, and how to make one. */
export function createAnnouncements(): Announcements & { make(announcement: Announcement): void } {
  const listeners: ((announcement: Announcement) => void)[] = [];
  const waiting: Announcement[] = [];
  return {
    subscribe(listener) {
      listeners.push(listener);
      for (const announcement of waiting.splice(0)) listener(announcement);
    },
    make(announcement) {
      if (listeners.length === 0 && waiting.length < mostWaiting) waiting.push(announcement);
      for (const listener of listeners) listener(announcement);
    },
  };
}
