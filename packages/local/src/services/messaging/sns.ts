/** SNS as a service of the endpoint. */
import { unsupported } from "../../aws-protocol/errors.ts";
import { formOf, operationOfForm, type Form } from "../../aws-protocol/query-protocol.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { AwsCall, AwsService } from "../../aws-protocol/service.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { withFunctions, type FunctionOfQueue } from "./subscription-queues.ts";

/** What fauxqs implements, without ConfirmSubscription, which has no effect in it. */
const operations = [
  "CreateTopic",
  "DeleteTopic",
  "ListTopics",
  "GetTopicAttributes",
  "SetTopicAttributes",
  "Subscribe",
  "Unsubscribe",
  "ListSubscriptions",
  "ListSubscriptionsByTopic",
  "GetSubscriptionAttributes",
  "SetSubscriptionAttributes",
  "Publish",
  "PublishBatch",
  "TagResource",
  "UntagResource",
  "ListTagsForResource",
];

/** Parameters of Publish that fauxqs would ignore, and so deliver the message elsewhere. */
const ignoredByFauxqs = ["MessageStructure", "PhoneNumber", "TargetArn"];

/** Operations whose responses contain endpoints of subscriptions. */
const showEndpoints = [
  "ListSubscriptions",
  "ListSubscriptionsByTopic",
  "GetSubscriptionAttributes",
];

/**
 * The parameter that names what an operation acts on. The other operations name no topic, and are
 * authorized for all of them (assumed).
 */
const named = new Map([
  ["DeleteTopic", "TopicArn"],
  ["GetTopicAttributes", "TopicArn"],
  ["SetTopicAttributes", "TopicArn"],
  ["Subscribe", "TopicArn"],
  ["ListSubscriptionsByTopic", "TopicArn"],
  ["Publish", "TopicArn"],
  ["PublishBatch", "TopicArn"],
  ["TagResource", "ResourceArn"],
  ["UntagResource", "ResourceArn"],
  ["ListTagsForResource", "ResourceArn"],
]);

/** SNS over fauxqs; `functionOf` maps the endpoints of functions' subscriptions. */
export function snsService(
  fauxqs: Fauxqs,
  functionOf: FunctionOfQueue,
  { region, account }: AwsEnvironment,
): AwsService {
  function resourceOf({
    request,
    operation,
  }: Pick<AwsCall, "request" | "operation">): string | readonly string[] | undefined {
    const form = formOf(request);
    if (operation !== "CreateTopic") return form.get(named.get(operation) ?? "");
    return `arn:aws:sns:${region}:${account}:${form.get("Name") ?? ""}`;
  }

  async function handle({ operation, request }: AwsCall): Promise<Response> {
    const form = formOf(request);
    rejectUnsupported(operation, form);
    const response = await fauxqs.sns(operation, form);
    if (!showEndpoints.includes(operation)) return response;
    return new Response(withFunctions(await response.text(), functionOf), response);
  }

  return {
    protocol: "query",
    operations,
    operationOf: operationOfForm,
    resourceOf,
    handle,
  };
}

/** fauxqs accepts every protocol but delivers only to queues; the rest must not be lost silently. */
function rejectUnsupported(operation: string, parameters: Form): void {
  const protocol = parameters.get("Protocol");
  if (operation === "Subscribe" && protocol !== undefined && protocol !== "sqs") {
    throw unsupported(`sns:Subscribe with the protocol ${protocol}`, "InvalidParameter");
  }
  const ignored = ignoredByFauxqs.find((name) => parameters.has(name));
  if (operation === "Publish" && ignored !== undefined) {
    throw unsupported(`sns:Publish with ${ignored}`, "InvalidParameter");
  }
}
