/** Topics whose subscribers are functions and queues that record what they are given. */
import { afterEach, beforeEach } from "vitest";
import { AwsError } from "../../../../src/aws-protocol/errors.ts";
import {
  createLogGroups,
  type LogGroups,
} from "../../../../src/services/cloudwatch-logs/log-groups.ts";
import { createRoles } from "../../../../src/services/iam/roles.ts";
import { createKms } from "../../../../src/services/kms/kms.ts";
import { createDeliveries } from "../../../../src/services/sns/delivery/deliveries.ts";
import type { TopicMail } from "../../../../src/services/sns/mail.ts";
import { createTopics, type Topics } from "../../../../src/services/sns/topics.ts";
import type { DeadLetter } from "../../../../src/services/sqs/dead-letter.ts";
import type { NewMessage } from "../../../../src/services/sqs/message.ts";
import { createMeasurements, type Measurements } from "../../../support/measurements.ts";
import { environment, operator } from "../../../support/test-cloud.ts";

export const TOPIC = "arn:aws:sns:us-east-1:000000000000:names";
export const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:Internal";
export const FAILURES = "sns/us-east-1/000000000000/names/Failure";
export const publishedAt = "2026-11-22T09:05:07.043Z";

const queue = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
/** Queues that exist, and one that does not. */
export const [DEAD, OTHER, GONE] = [queue("dead"), queue("other"), queue("gone")];

export const redriveTo = (deadLetterTargetArn: string): string =>
  JSON.stringify({ deadLetterTargetArn });

const now = () => Date.parse(publishedAt);
const roles = createRoles();
const { envelopes } = createKms({ ...environment, roles, now });

/** A topic for each test. */
export function setUpDelivery() {
  const invocations: { readonly functionArn: string; readonly event: unknown }[] = [];
  /** What was told of dead letters. */
  const letters: DeadLetter[] = [];
  const mails: TopicMail[] = [];
  const sent: { readonly queueArn: string; readonly message: NewMessage }[] = [];
  /** The permissions that are granted. */
  const allowed = new Set<string>();
  /** What the next deliveries fail with, and how many of them. */
  let failing: { error: Error; times: number } | undefined;
  const failIfTold = (): void => {
    if (failing === undefined || failing.times === 0) return;
    failing.times -= 1;
    throw failing.error;
  };
  const lambda = {
    isAllowed: (...question: readonly string[]) => allowed.has(question.join(" ")),
    invokeAsync(functionArn: string, payload: string) {
      failIfTold();
      invocations.push({ functionArn, event: JSON.parse(payload) });
      return { requestId: "request" };
    },
  };
  const send = (queueArn: string, message: NewMessage): void => {
    failIfTold();
    if (queueArn === GONE) throw new AwsError("QueueDoesNotExist", "There is no such queue.");
    sent.push({ queueArn, message });
  };
  /** What is drawn for a sample, from 0 to below 1. */
  let drawn = 0;
  let topics: Topics;
  let logs: LogGroups;
  let measurements: Measurements;
  beforeEach(() => {
    logs = createLogGroups();
    measurements = createMeasurements();
    const { measure } = measurements;
    invocations.length = 0;
    sent.length = 0;
    mails.length = 0;
    letters.length = 0;
    allowed.clear();
    allowed.add(`${FUNCTION} sns.amazonaws.com ${TOPIC}`);
    failing = undefined;
    const sendMail = (mail: TopicMail) => void mails.push(mail);
    const deliveries = {
      lambda,
      send,
      sendMail,
      sendDeadLetter: (letter: DeadLetter, message: NewMessage) => {
        send(letter.queueArn, message);
        letters.push(letter);
      },
      topicAttributes: (topicArn: string) => topics.get(topicArn).attributes,
      roles,
      random: () => drawn,
      logs,
      now,
      measure,
      retryDelayMs: 0,
      report: () => undefined,
      authorize: () => {},
    };
    const createOutbox = createDeliveries(deliveries);
    topics = createTopics({ ...environment, now, envelopes, measure, sendMail, createOutbox });
    topics.create("names");
  });
  afterEach(() => topics.stop());

  /** Subscribes the function, or what is given. */
  const subscribe = (attributes = {}, more: object = {}): string =>
    topics.subscribe({
      topicArn: TOPIC,
      protocol: "lambda",
      endpoint: FUNCTION,
      attributes,
      ...more,
    }).arn;

  return {
    allowed,
    invocations,
    letters,
    sent,
    subscribe,
    topics: () => topics,
    logs: () => logs,
    /** What was published. */
    measurements: () => measurements,
    /** Publishes a message; its id. */
    publish: (message: string, more: object = {}) =>
      topics.publish(TOPIC, { message, attributes: {}, ...more }, operator),
    failures: (): unknown[] => logs.read(FAILURES).map(({ message }) => JSON.parse(message)),
    roles,
    draw: (number: number): void => {
      drawn = number;
    },
    /** The next deliveries fail with this error, as often as said. */
    failWith: (error: Error, times: number): void => {
      failing = { error, times };
    },
  };
}
