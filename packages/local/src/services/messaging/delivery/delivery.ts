/**
 * Delivery from topics to functions. Each subscription of a function has a queue, which the topic
 * fills according to the filter policy; one message at a time is received from it, passed to an
 * asynchronous invocation, and only then deleted.
 */
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import type { LambdaService } from "../../lambda/service.ts";
import type { LogGroups } from "../../cloudwatch-logs/log-groups.ts";
import { createDeliveryStatusLog } from "./delivery-status-log.ts";
import { deliver, type Route } from "./deliver.ts";
import type { MessagingPort } from "./messaging-port.ts";

/** The dependencies of delivery. */
interface DeliveryOptions {
  readonly messaging: MessagingPort;
  readonly lambda: Pick<LambdaService, "invokeAsync" | "isAllowed">;
  /** Receives a line for every message that could not be delivered. */
  readonly logs: LogGroups;
  readonly now?: () => number;
  /** @throws to reject what a topic sends to a queue; default: everything is allowed. */
  readonly authorizeRedrive?: (topicArn: string, queueArn: string) => void;
  /** The delay before the next attempt after messaging itself failed; default 1,000. */
  readonly retryDelayMs?: number;
}

/** What can change of a subscription; the policies are JSON, as SNS takes them. */
interface SubscriptionPolicies {
  readonly filterPolicy?: string | undefined;
  readonly filterPolicyScope?: "MessageAttributes" | "MessageBody" | undefined;
  /** `{"deadLetterTargetArn": …}`: the queue for messages that cannot be delivered. */
  readonly redrivePolicy?: string | undefined;
}

/** A function's subscription to a topic. */
interface FunctionSubscription extends SubscriptionPolicies {
  readonly topicArn: string;
  readonly functionArn: string;
}

/** The subscriptions of functions; see the module. */
export interface Delivery {
  /** Throws, with nothing left behind, when the topic does not exist or a policy is not valid. */
  subscribe(subscription: FunctionSubscription): Promise<{ readonly subscriptionArn: string }>;
  /**
   * Replaces the policies of a subscription; its messages stay. Throws when there is none, or a
   * policy is not valid.
   */
  update(subscriptionArn: string, policies: SubscriptionPolicies): Promise<void>;
  /** Ends a subscription and drops its waiting messages; an unknown one is no error. */
  unsubscribe(subscriptionArn: string): Promise<void>;
  /** Ends every delivery; resolves when none is in progress. Queues and subscriptions stay. */
  stop(): Promise<void>;
}

interface RunningSubscription {
  route: Route;
  readonly queueArn: string;
  /** Resolves when no message is in flight. */
  readonly end: () => Promise<void>;
}

const redrivePolicySchema = z.strictObject({ deadLetterTargetArn: z.string() });

/** Creates delivery without subscriptions. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { lambda, logs, now = Date.now, authorizeRedrive, retryDelayMs = 1000 } = options;
  const { topics, queues, subscriptionQueues } = options.messaging;
  const statusLog = createDeliveryStatusLog(logs, now);
  const subscriptions = new Map<string, RunningSubscription>();
  const deliverOptions = { lambda, statusLog, redrive };

  async function redrive(topicArn: string, queueArn: string, body: string): Promise<void> {
    authorizeRedrive?.(topicArn, queueArn);
    await queues.send(queueArn, body);
  }

  async function poll(
    subscription: Pick<RunningSubscription, "route" | "queueArn">,
    signal: AbortSignal,
  ): Promise<void> {
    const { queueArn } = subscription;
    while (!signal.aborted) {
      try {
        const message = await queues.receive(queueArn, signal);
        if (message === undefined) return;
        await deliver(deliverOptions, subscription.route, message.body);
        await queues.deleteMessage(queueArn, message.receiptHandle);
      } catch (error) {
        statusLog.write(subscription.route, `Delivery is interrupted: ${String(error)}`);
        await backOff(retryDelayMs, signal);
      }
    }
  }

  function start(route: Route, queueArn: string): RunningSubscription {
    const abort = new AbortController();
    const subscription = { route, queueArn };
    const finished = poll(subscription, abort.signal);
    const end = (): Promise<void> => {
      abort.abort();
      return finished;
    };
    return Object.assign(subscription, { end });
  }

  async function subscribeQueue(
    queueArn: string,
    subscription: FunctionSubscription,
  ): Promise<string> {
    try {
      const attributes = attributesOf(subscription);
      const made = await topics.subscribeQueue(subscription.topicArn, queueArn, attributes);
      return made.subscriptionArn;
    } catch (error) {
      await subscriptionQueues.delete(queueArn);
      throw error;
    }
  }

  async function subscribe(
    subscription: FunctionSubscription,
  ): Promise<{ readonly subscriptionArn: string }> {
    const { topicArn, functionArn, redrivePolicy } = subscription;
    const deadLetterQueueArn = deadLetterTarget(redrivePolicy);
    const { arn: queueArn } = await subscriptionQueues.create(functionArn);
    const subscriptionArn = await subscribeQueue(queueArn, subscription);
    const route = { subscriptionArn, topicArn, functionArn, deadLetterQueueArn };
    subscriptions.set(subscriptionArn, start(route, queueArn));
    return { subscriptionArn };
  }

  async function update(subscriptionArn: string, policies: SubscriptionPolicies): Promise<void> {
    const subscription = subscriptions.get(subscriptionArn);
    if (subscription === undefined) throw new Error(`There is no ${subscriptionArn}.`);
    const deadLetterQueueArn = deadLetterTarget(policies.redrivePolicy);
    await topics.setSubscriptionAttributes(subscriptionArn, attributesOf(policies));
    subscription.route = { ...subscription.route, deadLetterQueueArn };
  }

  async function unsubscribe(subscriptionArn: string): Promise<void> {
    const subscription = subscriptions.get(subscriptionArn);
    if (subscription === undefined) return;
    await topics.unsubscribe(subscriptionArn);
    subscriptions.delete(subscriptionArn);
    await subscription.end();
    await subscriptionQueues.delete(subscription.queueArn);
  }

  return {
    subscribe,
    update,
    unsubscribe,
    async stop() {
      await Promise.all([...subscriptions.values()].map(({ end }) => end()));
    },
  };
}

/** As SNS stores them: an empty policy is none. */
function attributesOf(policies: SubscriptionPolicies): Record<string, string> {
  return {
    FilterPolicy: policies.filterPolicy ?? "",
    FilterPolicyScope: policies.filterPolicyScope ?? "MessageAttributes",
    // The topic only reports this policy to callers; dead letters are sent from this module.
    RedrivePolicy: policies.redrivePolicy ?? "",
  };
}

function deadLetterTarget(redrivePolicy: string | undefined): string | undefined {
  if (redrivePolicy === undefined) return undefined;
  try {
    return redrivePolicySchema.parse(JSON.parse(redrivePolicy)).deadLetterTargetArn;
  } catch (cause) {
    throw new Error(`The redrive policy is not of the form {"deadLetterTargetArn": ARN}.`, {
      cause,
    });
  }
}

async function backOff(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch {
    // Aborted: stop waiting.
  }
}
