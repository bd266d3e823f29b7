/** SQS as a service of the endpoint. */
import * as z from "zod";
import { operationOfTarget, parseJson } from "../json-protocol.ts";
import { formOf, isForm } from "../query-protocol.ts";
import type { AwsRequest, AwsService, Location } from "../service.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { queueName, withOurUrls, type QueueUrls } from "./queue-url.ts";
import { queryAnswer, queryInput } from "./sqs-query.ts";

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
  async function send(request: Pick<AwsRequest, "headers" | "body">): Promise<Response> {
    const response = await fauxqs.send(request);
    if (!response.ok) return response;
    const output = withOurUrls(await response.json(), urlOf);
    return new Response(JSON.stringify(output), { headers: response.headers });
  }

  return {
    protocol: "json-1.0",
    protocolOf: ({ headers }) => (isForm(headers) ? "query" : "json-1.0"),
    targetPrefix: "AmazonSQS",
    operations,
    operationOf: (request) =>
      isForm(request.headers) ? (formOf(request).get("Action") ?? "") : operationOfTarget(request),
    resourceOf(request) {
      const { QueueUrl } = queueInput.parse(inputOf(request));
      return QueueUrl && `arn:aws:sqs:${region}:${account}:${queueName(QueueUrl)}`;
    },
    async handle({ request, operation }) {
      const input = inputOf(request);
      if (!isForm(request.headers)) return send(request);
      const headers = new Headers(request.headers);
      headers.set("content-type", "application/x-amz-json-1.0");
      headers.set("x-amz-target", `AmazonSQS.${operation}`);
      return queryAnswer(
        operation,
        await send({ headers, body: Buffer.from(JSON.stringify(input)) }),
      );
    },
  };
}

function inputOf(request: AwsRequest): unknown {
  return isForm(request.headers) ? queryInput(request) : parseJson(request.body);
}
