/** Topics and their subscriptions. */
import { randomUUID } from "node:crypto";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { AwsError, unsupported } from "../../aws-protocol/errors.ts";
import { UnsupportedError } from "../../errors/unsupported.ts";
import type { Measure } from "../cloudwatch/measurement.ts";
import type { Principal } from "../iam/principal.ts";
import type { Envelopes } from "../kms/envelopes.ts";
import type { Outbox } from "./delivery/outbox.ts";
import { checkArn, invalidParameter, notFound, throttled } from "./errors.ts";
import { confirmationMail, type TopicMail } from "./mail.ts";
import { createTopicMetrics } from "./metrics.ts";
import type { Notification } from "./notification.ts";
import { checkPublication, sizeOf, type Publication } from "./publication.ts";
import {
  isByMail,
  subscriptionSettings,
  type Attributes,
  type Subscription,
} from "./subscriptions.ts";
import { checkTopicAttributes } from "./topic-attributes.ts";
import { createConfirmations } from "./confirmations.ts";
import { checkKeyAccess } from "./topic-encryption.ts";
import { openTopicTrace } from "./topic-trace.ts";
import type { Segment } from "../xray/segments.ts";

/** A topic. */
export interface Topic {
  readonly arn: string;
  attributes: Attributes;
  readonly tags: Map<string, string>;
}

/** What to subscribe to a topic. */
export type NewSubscription = Pick<Subscription, "topicArn" | "protocol" | "endpoint"> & {
  readonly attributes?: Attributes;
};

/** What topics are created with. */
type TopicsOptions = AwsEnvironment & {
  readonly now: () => number;
  readonly envelopes: Envelopes;
  readonly measure: Measure;
  readonly sendMail: (mail: TopicMail) => void;
  /** Records the segments of topics with active tracing; they are discarded by default. */
  readonly recordSegment?: (segment: Segment) => void;
  /** The outbox of a subscription, which may change while messages wait. */
  readonly createOutbox: (subscription: () => Subscription) => Outbox<Notification>;
};

/** Topics by their ARNs. Every method throws AwsError with SNS's code. */
export type Topics = ReturnType<typeof createTopics>;

/** Creates an account without topics. */
export function createTopics(options: TopicsOptions) {
  const { region, account, now, envelopes, sendMail, createOutbox } = options;
  const { recordSegment = () => undefined } = options;
  const topics = new Map<string, Topic>();
  const subscriptions = new Map<string, { current: Subscription; outbox: Outbox<Notification> }>();
  const confirmations = createConfirmations(now);
  const metrics = createTopicMetrics(options.measure);

  const arnOf = (name: string) => `arn:aws:sns:${region}:${account}:${name}`;

  function checkTopicArn(arn: string): void {
    checkArn("TopicArn", arn);
    if (arn.startsWith(arnOf(""))) return;
    const cause = new UnsupportedError(
      "The local cloud has no topics of another account or Region.",
    );
    throw Object.assign(invalidParameter("TopicArn"), { cause });
  }

  function get(topicArn: string): Topic {
    checkTopicArn(topicArn);
    const topic = topics.get(topicArn);
    if (topic === undefined) throw notFound("Topic");
    return topic;
  }

  /** Creates a topic, or finds the one of that name if no attribute differs. */
  function create(name: string, attributes: Attributes = {}): Topic {
    if (name.endsWith(".fifo")) throw unsupported("FIFO topics", "InvalidParameter");
    if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter("Topic Name");
    checkTopicAttributes(attributes);
    const arn = arnOf(name);
    const existing = topics.get(arn);
    if (existing === undefined) {
      if (topics.size === most) throw limitExceeded("Topic", `${most} topics`);
      const topic = { arn, attributes, tags: new Map<string, string>() };
      topics.set(arn, topic);
      return topic;
    }
    const isSame = Object.entries(attributes).every(
      ([key, value]) => value === (existing.attributes[key] ?? ""),
    );
    if (isSame) return existing;
    throw invalidParameter("Attributes Reason: Topic already exists with different attributes");
  }

  function find(subscriptionArn: string) {
    checkSubscriptionArn(subscriptionArn);
    const found = subscriptions.get(subscriptionArn);
    if (found === undefined) throw notFound("Subscription");
    return found;
  }

  /** Subscribes, or finds the subscription of that endpoint if no attribute differs. */
  function subscribe({ attributes = {}, ...subscription }: NewSubscription): Subscription {
    const { arn: topicArn } = get(subscription.topicArn);
    const settings = subscriptionSettings(attributes);
    const existing = list().find(
      (one) => one.topicArn === topicArn && one.endpoint === subscription.endpoint,
    );
    if (existing === undefined) {
      if (subscriptions.size === most) throw limitExceeded("Subscription", `${most} subscriptions`);
      const arn = `${topicArn}:${randomUUID()}`;
      const isPending = isByMail(subscription.protocol);
      const current = { ...subscription, ...settings, arn, isPending };
      const outbox = createOutbox(() => find(arn).current);
      subscriptions.set(arn, { current, outbox });
      askToConfirm(current);
      return current;
    }
    const isSame = Object.entries(settings.attributes).every(
      ([name, value]) => value === existing.attributes[name],
    );
    if (isSame) {
      askToConfirm(existing);
      return existing;
    }
    throw invalidParameter(
      "Attributes Reason: Subscription already exists with different attributes",
    );
  }

  function askToConfirm(subscription: Subscription): void {
    if (!subscription.isPending) return;
    sendMail(confirmationMail(subscription, confirmations.issue(subscription.arn)));
  }

  /** Confirms a subscription by the token that was mailed. */
  function confirm(topicArn: string, token: string): Subscription {
    const found = subscriptions.get(confirmations.find(get(topicArn).arn, token) ?? "");
    if (found === undefined) throw invalidParameter("Token");
    found.current = { ...found.current, isPending: false };
    return found.current;
  }

  function list(): Subscription[] {
    return [...subscriptions.values()].map(({ current }) => current);
  }

  /** Ends a subscription and drops what waits for delivery; none is no error. */
  function unsubscribe(subscriptionArn: string): void {
    checkSubscriptionArn(subscriptionArn);
    subscriptions.get(subscriptionArn)?.outbox.close();
    subscriptions.delete(subscriptionArn);
    confirmations.end(subscriptionArn);
  }

  /**
   * Checks a message and delivers it to the subscribers; its id. @throws AwsError also when the
   * publisher may not use the topic's key, and when too many wait
   */
  function publish(topicArn: string, publication: Publication, publisher: Principal): string {
    const topic = get(topicArn);
    checkPublication(publication);
    checkKeyAccess(envelopes, topic, publisher);
    const id = randomUUID();
    const publishedAt = now();
    const trace = openTopicTrace(topic, publication.traceHeader);
    const notification = { ...publication, traceHeader: trace.header, id, topicArn, publishedAt };
    const bytes = 2 * sizeOf(publication);
    const subscribed = [...subscriptions.values()]
      .filter(({ current }) => current.topicArn === topicArn && !current.isPending)
      .map(({ current, outbox }) => ({ current, outbox, isFor: current.accepts(publication) }));
    const isFull = subscribed.some(({ isFor, outbox }) => isFor && !outbox.hasRoomFor(bytes));
    if (isFull) throw throttled();
    metrics.published(topicArn, publication);
    for (const { current, outbox, isFor } of subscribed) {
      if (isFor) outbox.push(notification, bytes);
      else metrics.filteredOut(current, publication);
    }
    const segment = trace.segment({ publishedAt, endedAt: now(), messageId: id });
    if (segment !== undefined) recordSegment(segment);
    return id;
  }

  return {
    create,
    get,
    list: () => [...topics.values()],
    setAttributes(topicArn: string, attributes: Attributes): void {
      const topic = get(topicArn);
      checkTopicAttributes(attributes);
      topic.attributes = { ...topic.attributes, ...attributes };
    },
    /** Removes a topic with its subscriptions; none is no error. */
    delete(topicArn: string): void {
      checkTopicArn(topicArn);
      for (const { arn, topicArn: of } of list()) if (of === topicArn) unsubscribe(arn);
      topics.delete(topicArn);
    },
    subscribe,
    confirm,
    getSubscription: (subscriptionArn: string) => find(subscriptionArn).current,
    subscriptions: list,
    /** Changes attributes; what waits for delivery stays. */
    setSubscriptionAttributes(subscriptionArn: string, attributes: Attributes): void {
      const found = find(subscriptionArn);
      const settings = subscriptionSettings({ ...found.current.attributes, ...attributes });
      found.current = { ...found.current, ...settings };
    },
    unsubscribe,
    publish,
    /** The policy of the topic with this ARN, as JSON; undefined where there is none. */
    policyOf: (topicArn: string) => topics.get(topicArn)?.attributes["Policy"] || undefined,
    /** Ends every delivery. */
    stop(): void {
      for (const { outbox } of subscriptions.values()) outbox.close();
    },
  };
}

function checkSubscriptionArn(arn: string): void {
  checkArn("SubscriptionArn", arn);
  if (arn.split(":").length !== 7) throw invalidParameter("SubscriptionId");
}

/** Of topics, and of subscriptions. */
const most = 1000;

function limitExceeded(what: "Topic" | "Subscription", number: string): AwsError {
  return new AwsError(`${what}LimitExceeded`, `The local cloud keeps at most ${number}.`, 403);
}
