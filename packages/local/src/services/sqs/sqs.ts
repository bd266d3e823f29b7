/** SQS as a service of the endpoint, in AWS JSON 1.0 and in the query protocol. */
import { unsupported } from "../../aws-protocol/errors.ts";
import {
  operationOfTarget,
  parseJson,
  textMember,
  type JsonInput,
} from "../../aws-protocol/json-protocol.ts";
import { mediaType } from "../../aws-protocol/media-type.ts";
import { isForm, operationOfForm } from "../../aws-protocol/query-protocol.ts";
import type { AwsCall, AwsRequest, AwsService } from "../../aws-protocol/service.ts";
import { principalOf, type Callers } from "../iam/principal.ts";
import { messageOperations } from "./api/message-operations.ts";
import { queryInput, queryOutput } from "./api/query.ts";
import { queueOperations } from "./api/queue-operations.ts";
import { receiveMessage } from "./api/receive-message.ts";
import type { Queues } from "./queues.ts";

const targetPrefix = "AmazonSQS";
const contentType = "application/x-amz-json-1.0";

/** Operations that name a queue by its name; the others but ListQueues do by its URL. */
const byName = ["CreateQueue", "GetQueueUrl"];

/** SQS over `queues`; `stopping` ends every long poll. */
export function createSqs(queues: Queues, callers: Callers, stopping: AbortSignal): AwsService {
  const { account } = callers;
  const callerOf = ({ caller }: AwsCall) => principalOf(caller, callers);
  const operations = new Map(
    Object.entries({
      ...queueOperations(queues, account),
      ...messageOperations(queues, callerOf),
      ReceiveMessage: receiveMessage(queues, { account, callerOf }, stopping),
    }),
  );

  function resourceOf({ request, operation }: Pick<AwsCall, "request" | "operation">) {
    if (operation === "ListQueues") return queues.names.arnOf("*");
    const input = inputOf(request);
    const name = byName.includes(operation)
      ? textMember(input, "QueueName")
      : queues.names.nameAt(textMember(input, "QueueUrl") ?? "");
    return name === undefined ? undefined : queues.names.arnOf(name);
  }

  async function handle(call: AwsCall): Promise<Response> {
    const { request, operation } = call;
    const run = operations.get(operation);
    if (run === undefined) throw new Error(`No operation ${operation}`);
    const output = await run(inputOf(request), call, "InvalidParameterValue");
    if (isForm(request.headers)) return queryOutput(operation, output);
    return new Response(JSON.stringify(output), { headers: { "content-type": contentType } });
  }

  return {
    protocol: "json-1.0",
    protocolOf: ({ headers }) => (isForm(headers) ? "query" : "json-1.0"),
    targetPrefix,
    operations: [...operations.keys()],
    operationOf: (request) =>
      isForm(request.headers)
        ? operationOfForm(request)
        : operationOfTarget(request.headers, targetPrefix),
    resourceOf,
    handle,
  };
}

function inputOf(request: AwsRequest): JsonInput {
  if (isForm(request.headers)) return queryInput(request);
  const input = parseJson(request.body);
  const type = mediaType(request.headers);
  if (type === contentType) return input;
  throw unsupported(`the content type "${type}" of SQS`, "UnknownOperationException");
}
