/** SQS as a service of the endpoint. */
import { AwsError, unsupported } from "../../aws-protocol/errors.ts";
import {
  operationOfTarget,
  parseJson,
  textMember,
  type JsonInput,
} from "../../aws-protocol/json-protocol.ts";
import { mediaType } from "../../aws-protocol/media-type.ts";
import { isForm, operationOfForm } from "../../aws-protocol/query-protocol.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { AwsRequest, AwsService } from "../../aws-protocol/service.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { isQueueName, queueAt, withEndpointUrls, type QueueUrls } from "./queue-url.ts";
import type { FunctionOfQueue } from "./subscription-queues.ts";
import { queryResponseOf, queryInput } from "./sqs-query.ts";

/** The operations of fauxqs that standard queues need. */
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

const targetPrefix = "AmazonSQS";
const contentType = "application/x-amz-json-1.0";

/** Operations that name a queue by its name; the others but ListQueues do by its URL. */
const byName = ["CreateQueue", "GetQueueUrl"];

/** SQS over fauxqs; `urlOf` builds queue URLs, `functionOf` identifies subscription queues. */
export function sqsService(
  fauxqs: Fauxqs,
  urlOf: QueueUrls,
  functionOf: FunctionOfQueue,
  { region, account }: AwsEnvironment,
): AwsService {
  const isSubscriptionQueue = (queue: string) => functionOf(queue) !== undefined;

  /** The name of the queue that a call acts on; undefined when it names none of this account. */
  function queueOf(operation: string, input: JsonInput): string | undefined {
    if (byName.includes(operation)) return textMember(input, "QueueName");
    return queueAt(textMember(input, "QueueUrl") ?? "", account);
  }

  /** The input with the queue's name or URL normalized; undefined for a queue that is hidden. */
  function normalize(operation: string, input: JsonInput): JsonInput | undefined {
    const { QueueName: _, QueueUrl: url, ...others } = input;
    if (operation === "ListQueues") return others;
    const queue = queueOf(operation, input);
    if (byName.includes(operation)) {
      if (queue === undefined || !isQueueName(queue)) throw invalidName();
      return isSubscriptionQueue(queue) ? undefined : { ...others, QueueName: queue };
    }
    if (url === undefined) return others;
    return queue === undefined || isSubscriptionQueue(queue)
      ? undefined
      : { ...others, QueueUrl: urlOf(queue) };
  }

  async function send(operation: string, input: JsonInput): Promise<Response> {
    const normalized = normalize(operation, input);
    if (normalized === undefined) return queueDoesNotExist();
    const response = await fauxqs.sqs(operation, normalized);
    if (!response.ok) return response;
    const output = withEndpointUrls(await response.json(), urlOf, isSubscriptionQueue);
    return new Response(JSON.stringify(output), { headers: response.headers });
  }

  return {
    protocol: "json-1.0",
    protocolOf: ({ headers }) => (isForm(headers) ? "query" : "json-1.0"),
    targetPrefix,
    operations,
    operationOf: (request) =>
      isForm(request.headers)
        ? operationOfForm(request)
        : operationOfTarget(request.headers, targetPrefix),
    resourceOf({ request, operation }) {
      const queue = operation === "ListQueues" ? "*" : queueOf(operation, inputOf(request));
      return queue && `arn:aws:sqs:${region}:${account}:${queue}`;
    },
    async handle({ request, operation }) {
      const response = await send(operation, inputOf(request));
      return isForm(request.headers) ? queryResponseOf(operation, response) : response;
    },
  };
}

function inputOf(request: AwsRequest): JsonInput {
  if (isForm(request.headers)) return queryInput(request);
  const input = parseJson(request.body);
  const type = mediaType(request.headers);
  if (type === contentType) return input;
  throw unsupported(`the content type "${type}" of SQS`, "UnknownOperationException");
}

/** The response of fauxqs to every operation on a queue that does not exist. */
function queueDoesNotExist(): Response {
  const code = "com.amazonaws.sqs#QueueDoesNotExist";
  return Response.json(
    { __type: code, message: "The specified queue does not exist." },
    {
      status: 400,
      headers: {
        "content-type": contentType,
        "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender",
      },
    },
  );
}

/** The rule is documented (SQS-API/CreateQueue), the text is assumed. */
function invalidName(): AwsError {
  const message =
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
  return new AwsError("InvalidParameterValue", message);
}
