/** SNS and SQS: services of the endpoint, and the interface for deployments and deliveries. */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { AwsService } from "../../aws-protocol/service.ts";
import { createFauxqs } from "./fauxqs.ts";
import { withPolicies } from "./policies.ts";
import { queueUrlsAt } from "./queue-url.ts";
import { createQueues, type Queues } from "./queues.ts";
import { createSubscriptionQueues, type SubscriptionQueues } from "./subscription-queues.ts";
import { sendRequests } from "./requests.ts";
import { snsService } from "./sns.ts";
import { sqsService } from "./sqs.ts";
import { createTopics, type Topics } from "./topics.ts";

/** The options of messaging. */
export type MessagingOptions = AwsEnvironment & {
  /** The URL of the AWS endpoint, the base of queue URLs: `http://127.0.0.1:PORT`. */
  endpoint: () => string;
};

/** SNS and SQS as the local cloud uses them. */
export interface Messaging {
  sns: AwsService;
  sqs: AwsService;
  topics: Topics;
  queues: Queues;
  /** The queues of functions' subscriptions. */
  subscriptionQueues: SubscriptionQueues;
  /** The policy of the topic or queue with this ARN, as JSON; undefined where there is none. */
  policyOf: (arn: string) => string | undefined;
  /** Ends every long poll at once. */
  stop(): Promise<void>;
}

/** Messaging without topics or queues. @throws Error for any account but 000000000000. */
export function createMessaging(options: MessagingOptions): Messaging {
  const { fauxqs, policyOf } = withPolicies(createFauxqs(options), options);
  const urlOf = queueUrlsAt(options.endpoint, options.account);
  const send = sendRequests(fauxqs);
  const stopping = new AbortController();
  const queues = createQueues(send, urlOf, stopping.signal);
  const { subscriptionQueues, functionOf } = createSubscriptionQueues(queues);
  return {
    sns: snsService(fauxqs, functionOf, options),
    sqs: sqsService(fauxqs, urlOf, functionOf, options),
    topics: createTopics(send),
    queues,
    subscriptionQueues,
    policyOf,
    async stop() {
      stopping.abort();
      await fauxqs.close();
    },
  };
}
