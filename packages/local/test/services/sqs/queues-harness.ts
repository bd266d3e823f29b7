/** Queues in process, and a clock that the test moves. */
import { afterEach, beforeEach } from "vitest";
import type { DeadLetter } from "../../../src/services/sqs/dead-letter.ts";
import { createRoles } from "../../../src/services/iam/roles.ts";
import { createKms } from "../../../src/services/kms/kms.ts";
import { createQueues, type Queues } from "../../../src/services/sqs/queues.ts";
import type { Receive } from "../../../src/services/sqs/queue.ts";
import { createMeasurements, type Measurements } from "../../support/measurements.ts";
import { present } from "../../support/present.ts";
import { environment, operator } from "../../support/test-cloud.ts";

export function setUpQueues() {
  let queues: Queues;
  let measurements: Measurements;
  let time: number;
  let ending: AbortController;
  /** What was told of dead letters. */
  const letters: DeadLetter[] = [];
  beforeEach(() => {
    time = Date.UTC(2026, 0, 1);
    letters.length = 0;
    ending = new AbortController();
    const now = () => time;
    measurements = createMeasurements();
    queues = createQueues({
      ...environment,
      endpoint: () => "http://127.0.0.1:4566",
      now,
      envelopes: createKms({ ...environment, roles: createRoles(), now }).envelopes,
      measure: measurements.measure,
      onDeadLetter: (letter) => letters.push(letter),
    });
  });
  afterEach(() => ending.abort());

  const receive = (arn: string, more: Partial<Receive> = {}, signal = ending.signal) =>
    queues.get(arn).receive({ reader: operator, most: 1, ...more }, signal);

  return {
    letters,
    queues: () => queues,
    /** What was published. */
    measurements: () => measurements,
    /** Moves the clock to the end of a minute, which publishes metrics. */
    passMinute: (): void => {
      const end = (time += 60_000);
      queues.publishMetrics({ start: end - 60_000, end });
    },
    send: (arn: string, body: string, more: object = {}) =>
      queues.send(arn, { body, attributes: {}, ...more }, operator),
    receive,
    bodies: async (arn: string, more: Partial<Receive> = {}) =>
      (await receive(arn, { most: 10, ...more })).map(({ body }) => body),
    advance: (seconds: number) => void (time += seconds * 1000),
    /** The receipt of the next message. */
    nextReceipt: async (arn: string): Promise<string> => {
      const [message] = await receive(arn);
      return present(message?.receiptHandle);
    },
  };
}
