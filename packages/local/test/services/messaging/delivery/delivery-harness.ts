/** Delivery by itself, between messaging in memory and functions that record. */
import { afterEach, beforeEach } from "vitest";
import {
  createDelivery,
  type Delivery,
} from "../../../../src/services/messaging/delivery/delivery.ts";
import {
  createLogGroups,
  type LogGroups,
} from "../../../../src/services/cloudwatch-logs/log-groups.ts";
import { createFakeMessaging, TOPIC, type FakeMessaging } from "./fake-messaging.ts";

export const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:Internal";
export const FAILURES = "sns/us-east-1/000000000000/names/Failure";

export const redriveTo = ({ arn }: { readonly arn: string }): string =>
  JSON.stringify({ deadLetterTargetArn: arn });

/** Delivery for each test, over messaging in memory, to functions that record what they are given. */
export function setUpDelivery() {
  const invocations: { readonly functionArn: string; readonly event: unknown }[] = [];
  /** The permissions that are granted. */
  const allowed = new Set<string>();
  const lambda = {
    /** Called before an event is accepted; may throw. */
    onInvoke: () => {},
    isAllowed: (...question: readonly string[]) => allowed.has(question.join(" ")),
    invokeAsync(functionArn: string, payload: string) {
      lambda.onInvoke();
      invocations.push({ functionArn, event: JSON.parse(payload) });
      return { requestId: "request" };
    },
  };
  let messaging: FakeMessaging;
  let logs: LogGroups;
  let delivery: Delivery;
  beforeEach(() => {
    messaging = createFakeMessaging();
    logs = createLogGroups();
    invocations.length = 0;
    allowed.clear();
    allowed.add(`${FUNCTION} sns.amazonaws.com ${TOPIC}`);
    lambda.onInvoke = () => {};
    delivery = createDelivery({ messaging, logs, retryDelayMs: 0, lambda });
  });
  afterEach(() => delivery.stop());

  const subscribe = (more: object = {}): Promise<{ readonly subscriptionArn: string }> =>
    delivery.subscribe({ topicArn: TOPIC, functionArn: FUNCTION, ...more });
  const failures = (): unknown[] => logs.read(FAILURES).map(({ message }) => JSON.parse(message));

  return {
    allowed,
    invocations,
    lambda,
    delivery: () => delivery,
    failures,
    logs: () => logs,
    messaging: () => messaging,
    subscribe,
  };
}
