/** The queues of an account, as its other services use them. A queue is named by its ARN. */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { unsupported } from "../../aws-protocol/errors.ts";
import type { Measure } from "../cloudwatch/measurement.ts";
import type { Minute } from "../cloudwatch/minutes.ts";
import type { Principal } from "../iam/principal.ts";
import type { Envelopes } from "../kms/envelopes.ts";
import { invalidValue, queueDoesNotExist, sqsError } from "./errors.ts";
import { checkMessage, type NewMessage } from "./message.ts";
import {
  allowsSource,
  checkQueueAttributes,
  defaultAttributes,
  redrivePolicyOf,
  type Attributes,
} from "./queue-attributes.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { isQueueName, queueNames } from "./queue-names.ts";
import { createQueue, type Queue } from "./queue.ts";
import type { StoredMessage } from "./stored-message.ts";

/** What queues are created with. */
export type QueuesOptions = AwsEnvironment & {
  /** The URL of the AWS endpoint, the base of queue URLs: `http://127.0.0.1:PORT`. */
  readonly endpoint: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Encrypts what queues with a key keep. */
  readonly envelopes: Envelopes;
  readonly measure: Measure;
  /** Receives each message that came into a dead-letter queue; discarded by default. */
  readonly onDeadLetter?: ((letter: DeadLetter) => void) | undefined;
};

/** Queues by their ARNs. Every method throws AwsError with SQS's code, `QueueDoesNotExist` above all. */
export type Queues = ReturnType<typeof createQueues>;

/** Creates an account without queues. */
export function createQueues({
  endpoint,
  now,
  envelopes,
  measure,
  onDeadLetter,
  ...environment
}: QueuesOptions) {
  const names = queueNames(environment, endpoint);
  const queues = new Map<string, Queue>();
  const find = (queueArn: string) => queues.get(queueArn);

  function get(queueArn: string): Queue {
    const queue = find(queueArn);
    if (queue === undefined) throw queueDoesNotExist();
    queue.used();
    return queue;
  }

  /** The text of a refusal by the other queue's redrive allow policy is assumed. */
  function check(queueArn: string, attributes: Attributes): void {
    checkQueueAttributes(attributes);
    const { RedrivePolicy = "" } = attributes;
    const target = redrivePolicyOf(attributes)?.deadLetterTargetArn;
    if (target === undefined || RedrivePolicy === find(queueArn)?.describe()["RedrivePolicy"])
      return;
    const deadLetters = find(target);
    if (deadLetters && allowsSource(deadLetters.describe(), queueArn)) return;
    const reason = deadLetters
      ? "Dead letter target does not allow this source queue."
      : "Dead letter target does not exist.";
    throw invalidValue("RedrivePolicy", RedrivePolicy, reason);
  }

  /** Creates a queue, or finds the one of that name if no attribute differs. */
  function create(name: string, attributes: Attributes = {}): { arn: string; url: string } {
    if (name.endsWith(".fifo")) throw unsupported("FIFO queues", "InvalidParameterValue");
    if (!isQueueName(name)) throw invalidName();
    const arn = names.arnOf(name);
    check(arn, attributes);
    const existing = find(arn)?.describe();
    if (existing === undefined) {
      if (queues.size === mostQueues) {
        throw sqsError("OverLimit", `The local cloud keeps at most ${mostQueues} queues.`);
      }
      const queue = createQueue({
        arn,
        attributes: defaultAttributes,
        now,
        envelopes,
        measure,
        find,
        onDeadLetter,
      });
      queue.setAttributes(attributes);
      queues.set(arn, queue);
    }
    const other = Object.keys(attributes).find(
      (key) => existing !== undefined && attributes[key] !== (existing[key] ?? ""),
    );
    if (other === undefined) return { arn, url: names.urlOf(name) };
    const message = `A queue already exists with the same name and a different value for attribute ${other}`;
    throw sqsError("QueueNameExists", message);
  }

  /** Checks a message and adds it. */
  function send(queueArn: string, message: NewMessage, sender: Principal): StoredMessage {
    const queue = get(queueArn);
    checkMessage(message, Number(queue.describe()["MaximumMessageSize"]));
    return queue.send(message, sender);
  }

  return {
    names,
    create,
    get,
    setAttributes(queueArn: string, attributes: Attributes): void {
      const queue = get(queueArn);
      check(queueArn, attributes);
      queue.setAttributes(attributes);
    },
    /** Deletes a queue with its messages. */
    delete(queueArn: string): void {
      get(queueArn).delete();
      queues.delete(queueArn);
    },
    send,
    /** Sends a message that another service could not deliver or process. */
    sendDeadLetter(letter: DeadLetter, message: NewMessage, sender: Principal): void {
      send(letter.queueArn, message, sender);
      onDeadLetter?.(letter);
    },
    /** Publishes the metrics of a minute that has ended. */
    publishMetrics(minute: Minute): void {
      for (const queue of queues.values()) queue.tidy();
      for (const queue of queues.values()) queue.publishMetrics(minute);
    },
    /** The names of all queues. */
    list: () => [...queues.keys()].map((arn) => arn.split(":").at(-1) ?? "").toSorted(),
    /** The policy of the queue with this ARN, as JSON; undefined where there is none. */
    policyOf: (queueArn: string) => find(queueArn)?.describe()["Policy"],
  };
}

/** Queues are in memory; AWS has no limit. */
const mostQueues = 1000;

/** The rule is documented (SQS-API/CreateQueue), the text recorded (LocalStack assert_queue_name). */
function invalidName() {
  const message =
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
  return sqsError("InvalidParameterValue", message);
}
