/** SQS as a service of the endpoint. */
import * as z from "zod";
import { operationOfTarget, parseJson } from "../json-protocol.ts";
import { isForm, operationOfForm } from "../query-protocol.ts";
import type { AwsRequest, AwsService, Location } from "../service.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { queueName, withOurUrls, type QueueUrls } from "./queue-url.ts";
import type { FunctionOfRelay } from "./relays.ts";
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

const queueInput = z.looseObject({
  QueueUrl: z.string().optional(),
  QueueName: z.string().default(""),
});

/** SQS over fauxqs; `urlOf` makes the queue URLs that callers see, `functionOf` tells relays. */
export function sqsService(
  fauxqs: Fauxqs,
  urlOf: QueueUrls,
  functionOf: FunctionOfRelay,
  { region, account }: Location,
): AwsService {
  const isRelay = (queue: string) => functionOf(queue) !== undefined;

  async function send(
    request: Pick<AwsRequest, "headers" | "body">,
    input: unknown,
  ): Promise<Response> {
    const { QueueUrl = "", QueueName } = queueInput.parse(input);
    if ([QueueUrl, QueueName].some(isRelay)) return queueDoesNotExist();
    const response = await fauxqs.send(request);
    if (!response.ok) return response;
    const output = withOurUrls(await response.json(), urlOf, isRelay);
    return new Response(JSON.stringify(output), { headers: response.headers });
  }

  return {
    protocol: "json-1.0",
    protocolOf: ({ headers }) => (isForm(headers) ? "query" : "json-1.0"),
    targetPrefix: "AmazonSQS",
    operations,
    operationOf: (request) =>
      isForm(request.headers) ? operationOfForm(request) : operationOfTarget(request),
    resourceOf(request) {
      const { QueueUrl } = queueInput.parse(inputOf(request));
      return QueueUrl && `arn:aws:sqs:${region}:${account}:${queueName(QueueUrl)}`;
    },
    async handle({ request, operation }) {
      const input = inputOf(request);
      if (!isForm(request.headers)) return send(request, input);
      const headers = new Headers(request.headers);
      headers.set("content-type", "application/x-amz-json-1.0");
      headers.set("x-amz-target", `AmazonSQS.${operation}`);
      return queryAnswer(
        operation,
        await send({ headers, body: Buffer.from(JSON.stringify(input)) }, input),
      );
    },
  };
}

function inputOf(request: AwsRequest): unknown {
  return isForm(request.headers) ? queryInput(request) : parseJson(request.body);
}

/** What fauxqs answers to every operation on a queue that is not there. */
function queueDoesNotExist(): Response {
  const code = "com.amazonaws.sqs#QueueDoesNotExist";
  return Response.json(
    { __type: code, message: "The specified queue does not exist." },
    {
      status: 400,
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender",
      },
    },
  );
}
