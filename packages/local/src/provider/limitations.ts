/**
 * Sentences about what is different from AWS here, said by several resource types. Each begins with
 * the service, `SERVICE: …`, by which they are grouped, and stands once.
 */

const encryption = "KMS: nothing is encrypted.";

const keyPolicies = "KMS: policies of keys are not checked.";

const queueSubscriptions = "SQS: a topic's messages reach a queue whatever its policy says.";

const redriveAllowPolicies =
  "SQS: any queue may have any other as its dead-letter queue, whatever its redrive allow policy says.";

const metrics = "CloudWatch: without metrics no alarm goes off.";

const tracing = "X-Ray: requests have trace ids, but no trace is recorded.";

/** Each sentence is said once, however many resources it holds for. */
export const notice = {
  encryption,
  keyPolicies,
  metrics,
  queueSubscriptions,
  redriveAllowPolicies,
  tracing,
} as const;

/** The sentences whose condition holds. */
export function noticesOf(...sentences: readonly (readonly [boolean, string])[]): string[] {
  return sentences.filter(([holds]) => holds).map(([, sentence]) => sentence);
}
