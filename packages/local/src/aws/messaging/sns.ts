/** SNS as a service of the endpoint. */
import { unsupported } from "../errors.ts";
import type { AwsService } from "../service.ts";
import type { Fauxqs } from "./fauxqs.ts";

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

/** SNS over fauxqs. */
export function snsService(fauxqs: Fauxqs): AwsService {
  return {
    protocol: "query",
    operations,
    operationOf: ({ body }) => new URLSearchParams(body.toString("utf8")).get("Action") ?? "",
    resourceOf: ({ body }) =>
      new URLSearchParams(body.toString("utf8")).get("TopicArn") ?? undefined,
    async handle({ operation, request }) {
      refuseSilentLoss(operation, new URLSearchParams(request.body.toString("utf8")));
      return fauxqs.send(request);
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
