/** SQS as a service of the endpoint. */
import { operationOfTarget, parseJson } from "../json-protocol.ts";
import type { AwsService } from "../service.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { withOurUrls, type QueueUrls } from "./queue-url.ts";

/** What fauxqs implements and queues of this kind need. */
const operations = [
  "CreateQueue",
  "DeleteQueue",
  "GetQueueUrl",
  "ListQueues",
  "GetQueueAttributes",
  "SetQueueAttributes",
  "PurgeQueue",
  "SendMessage",
  "SendMessageBatch",
  "ReceiveMessage",
  "DeleteMessage",
  "DeleteMessageBatch",
  "ChangeMessageVisibility",
  "ChangeMessageVisibilityBatch",
  "TagQueue",
  "UntagQueue",
  "ListQueueTags",
];

/** SQS over fauxqs; `urlOf` makes the queue URLs that callers see. */
export function sqsService(fauxqs: Fauxqs, urlOf: QueueUrls): AwsService {
  return {
    protocol: "json-1.0",
    targetPrefix: "AmazonSQS",
    operations,
    operationOf: operationOfTarget,
    async handle({ request }) {
      parseJson(request.body);
      const response = await fauxqs.send(request);
      if (!response.ok) return response;
      const output = withOurUrls(await response.json(), urlOf);
      return new Response(JSON.stringify(output), { headers: response.headers });
    },
  };
}
