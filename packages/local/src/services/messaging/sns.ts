/** SNS as a service of the endpoint. */
import { unsupported } from "../../aws-protocol/errors.ts";
import { formOf, operationOfForm, type Form } from "../../aws-protocol/query-protocol.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { AwsService } from "../../aws-protocol/service.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { withFunctions, type FunctionOfRelay } from "./subscription-queues.ts";

/** What fauxqs implements; it confirms nothing, so ConfirmSubscription is left out. */
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

/** Parameters of Publish that fauxqs would ignore, so that the message went elsewhere than asked. */
const ignoredByFauxqs = ["MessageStructure", "PhoneNumber", "TargetArn"];

/** Operations that tell the endpoints of subscriptions. */
const telling = ["ListSubscriptions", "ListSubscriptionsByTopic", "GetSubscriptionAttributes"];

/**
 * The parameter that names what an operation acts on. The other operations name no topic, and IAM is
 * asked about all of them (assumed).
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

/** SNS over fauxqs; `functionOf` tells which endpoints stand for functions. */
export function snsService(
  fauxqs: Fauxqs,
  functionOf: FunctionOfRelay,
  { region, account }: AwsEnvironment,
): AwsService {
  return {
    protocol: "query",
    operations,
    operationOf: operationOfForm,
    resourceOf({ request, operation }) {
      const form = formOf(request);
      if (operation !== "CreateTopic") return form.get(named.get(operation) ?? "");
      return `arn:aws:sns:${region}:${account}:${form.get("Name") ?? ""}`;
    },
    async handle({ operation, request }) {
      const form = formOf(request);
      refuseSilentLoss(operation, form);
      const answer = await fauxqs.sns(operation, form);
      if (!telling.includes(operation)) return answer;
      return new Response(withFunctions(await answer.text(), functionOf), answer);
    },
  };
}

/** fauxqs takes every protocol but delivers to queues alone; the rest must not vanish in silence. */
function refuseSilentLoss(operation: string, parameters: Form): void {
  const protocol = parameters.get("Protocol");
  if (operation === "Subscribe" && protocol !== undefined && protocol !== "sqs") {
    throw unsupported(`sns:Subscribe with the protocol ${protocol}`, "InvalidParameter");
  }
  const ignored = ignoredByFauxqs.find((name) => parameters.has(name));
  if (operation === "Publish" && ignored !== undefined) {
    throw unsupported(`sns:Publish with ${ignored}`, "InvalidParameter");
  }
}
