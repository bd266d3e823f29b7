/** SNS as a service of the endpoint. */
import { unsupported } from "../errors.ts";
import { formOf, operationOfForm } from "../query-protocol.ts";
import type { AwsService } from "../service.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { withFunctions, type FunctionOfRelay } from "./relays.ts";

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

/** SNS over fauxqs; `functionOf` tells which endpoints stand for functions. */
export function snsService(fauxqs: Fauxqs, functionOf: FunctionOfRelay): AwsService {
  return {
    protocol: "query",
    operations,
    operationOf: operationOfForm,
    resourceOf: (request) => formOf(request).get("TopicArn") ?? undefined,
    async handle({ operation, request }) {
      refuseSilentLoss(operation, formOf(request));
      const answer = await fauxqs.send(request);
      if (!telling.includes(operation)) return answer;
      return new Response(withFunctions(await answer.text(), functionOf), answer);
    },
  };
}

/** fauxqs takes every protocol but delivers to queues alone; the rest must not vanish in silence. */
function refuseSilentLoss(operation: string, parameters: URLSearchParams): void {
  const protocol = parameters.get("Protocol");
  if (operation === "Subscribe" && protocol !== null && protocol !== "sqs") {
    throw unsupported(`sns:Subscribe with the protocol ${protocol}`, "InvalidParameter");
  }
  const ignored = ignoredByFauxqs.find((name) => parameters.has(name));
  if (operation === "Publish" && ignored !== undefined) {
    throw unsupported(`sns:Publish with ${ignored}`, "InvalidParameter");
  }
}
