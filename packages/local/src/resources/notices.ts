/** Sentences about what AWS enforces and the local cloud does not, said by several resource types. */

const encryption = "Encryption at rest: KMS keys are kept in the graph; nothing is encrypted here.";

const resourcePolicies =
  "Resource policies of keys and log groups: kept in the graph, but not checked.";

const queueSubscriptions =
  "Policies of queues: a topic's messages reach a subscribed queue whatever its policy says.";

const redriveAllowPolicies =
  "Redrive allow policies: kept, but any queue may have any other as its dead-letter queue here.";

const metrics = "Alarms and dashboards: there are no metrics here, so no alarm ever goes off.";

const tracing = "X-Ray: requests get trace ids, but no trace is recorded here.";

const recovery = "Recovery windows: a secret or key that is removed here is gone at once.";

/** Each sentence is said once, however many resources it holds for. */
export const notice = {
  encryption,
  metrics,
  queueSubscriptions,
  recovery,
  redriveAllowPolicies,
  resourcePolicies,
  tracing,
} as const;

/** The sentences whose condition holds. */
export function noticesOf(...sentences: readonly (readonly [boolean, string])[]): string[] {
  return sentences.filter(([holds]) => holds).map(([, sentence]) => sentence);
}
