/** SQS as a service of the endpoint. */
import * as z from "zod";
import { operationOfTarget, parseJson } from "../json-protocol.ts";
import type { AwsService, Location } from "../service.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { queueName, withOurUrls, type QueueUrls } from "./queue-url.ts";

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

const queueInput = z.looseObject({ QueueUrl: z.string().optional() });

/** SQS over fauxqs; `urlOf` makes the queue URLs that callers see. */
export function sqsService(
  fauxqs: Fauxqs,
  urlOf: QueueUrls,
  { region, account }: Location,
): AwsService {
  return {
    protocol: "json-1.0",
    targetPrefix: "AmazonSQS",
    operations,
    operationOf: operationOfTarget,
    resourceOf({ body }) {
      const { QueueUrl } = queueInput.parse(parseJson(body));
      return QueueUrl && `arn:aws:sqs:${region}:${account}:${queueName(QueueUrl)}`;
    },
    async handle({ request }) {
      parseJson(request.body);
      const response = await fauxqs.send(request);
      if (!response.ok) return response;
      const output = withOurUrls(await response.json(), urlOf);
      return new Response(JSON.stringify(output), { headers: response.headers });
    },
  };
}
