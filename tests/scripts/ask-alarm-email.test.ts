/** What `npm run deploy` asks of the address that alarms notify: a stage whose alarms nobody reads is deployed, and it is said. */
import { expect, it } from "vitest";
import {
  account,
  deployed,
  xmlFailure,
  type Answer,
  type Answers,
} from "../support/account-stub.ts";
import { askStub } from "../support/ask-account.ts";
import { resource } from "../support/graph-resource.ts";

const type = "aws:sns/topicSubscription:TopicSubscription";
const topic = `arn:aws:sns:us-east-1:${account}:secure-lambda-prod-AlarmTopic`;
const id = `${topic}:0d6b1c9e-0000-4000-8000-000000000000`;
const endpoint = "team@example.com";

const graph = [
  resource(type, "AlarmEmail", { topic, protocol: "email", endpoint }),
  resource(type, "Function", { topic, protocol: "lambda", endpoint: "arn:aws:lambda:::f" }),
];

const known = deployed({ type, id, outputs: { protocol: "email", topic, endpoint } });

const subscribed = (pending: boolean): Answer => [
  200,
  `<GetSubscriptionAttributesResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><GetSubscriptionAttributesResult><Attributes><entry><key>PendingConfirmation</key><value>${pending}</value></entry></Attributes></GetSubscriptionAttributesResult></GetSubscriptionAttributesResponse>`,
];

it("has nothing to say of an address that has confirmed, and asks for no other", async () => {
  const asked: string[] = [];
  const answers: Answers = {
    ...known,
    GetSubscriptionAttributes(body) {
      asked.push(body);
      return subscribed(false);
    },
  };
  const { refusals, remarks } = await askStub({ graph, answers });
  expect({ refusals, remarks }).toEqual({ refusals: [], remarks: [] });
  expect(asked).toEqual([expect.stringContaining(encodeURIComponent(id))]);
});

it.each<[string, Answers, RegExp]>([
  ["is about to get the mail", {}, /^SNS will mail a link to the address in alarmEmail: /],
  [
    "has another one subscribed",
    deployed({ type, id, outputs: { protocol: "email", topic, endpoint: "old@example.com" } }),
    /^SNS will mail a link/,
  ],
  [
    "has not confirmed",
    { ...known, GetSubscriptionAttributes: subscribed(true) },
    new RegExp(
      `has not confirmed.*aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ADDRESS --region us-east-1\\.$`,
    ),
  ],
  [
    "is no longer subscribed",
    { ...known, GetSubscriptionAttributes: xmlFailure(404, "NotFound") },
    /^SNS no longer has .*npx sst refresh --stage prod, and deploy again\.$/,
  ],
  [
    "may not be asked for",
    { ...known, GetSubscriptionAttributes: xmlFailure(403, "AuthorizationError") },
    /^Not known: whether the address in alarmEmail has confirmed\. Your credentials do not allow this\.$/,
  ],
])("goes on with an address that %s, and says so without naming it", async (_, answers, remark) => {
  const { refusals, remarks } = await askStub({ graph, answers });
  expect({ refusals, remarks }).toEqual({
    refusals: [],
    remarks: [expect.stringMatching(remark)],
  });
  expect(remarks.join()).not.toContain("@example.com");
});
