/**
 * Topics mail to addresses whose owners have confirmed it.
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
 */
import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

const Endpoint = "team@example.com";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

let topics = 0;
let TopicArn: string;
beforeEach(() => {
  topics += 1;
  TopicArn = aws.topics.create(`topic-${topics}`).arn;
});

const sns = () => aws.clients.sns;
const subscribe = (more: object = {}) =>
  sns().send(new SubscribeCommand({ TopicArn, Protocol: "email", Endpoint, ...more }));
const publish = (more: object = {}) =>
  sns().send(new PublishCommand({ TopicArn, Message: "It burns.", ...more }));
const confirm = (Token: string, topic = TopicArn) =>
  sns().send(new ConfirmSubscriptionCommand({ TopicArn: topic, Token }));
const counts = async () => {
  const { Attributes = {} } = await sns().send(new GetTopicAttributesCommand({ TopicArn }));
  return [Attributes.SubscriptionsPending, Attributes.SubscriptionsConfirmed].map(Number);
};
const lastToken = () => present(aws.mails.at(-1)?.confirmation).token;
const mailsOf = () => aws.mails.filter(({ confirmation }) => confirmation === undefined);

it("an address gets messages only after its owner has confirmed by the mail", async () => {
  expect(await subscribe()).toMatchObject({ SubscriptionArn: "pending confirmation" });
  expect(aws.mails.at(-1)).toEqual({
    to: Endpoint,
    subject: "AWS Notification - Subscription Confirmation",
    text: expect.stringContaining(TopicArn),
    confirmation: { topicArn: TopicArn, token: expect.stringMatching(/^[\da-f]{96}$/) },
  });
  const before = mailsOf().length;
  await publish();
  expect(mailsOf()).toHaveLength(before);

  const listed = await sns().send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(listed.Subscriptions).toMatchObject([
    { SubscriptionArn: "PendingConfirmation", Protocol: "email", Endpoint },
  ]);
  const { SubscriptionArn = "" } = await confirm(lastToken());
  expect(SubscriptionArn.startsWith(`${TopicArn}:`)).toBe(true);
  const { Attributes } = await sns().send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn }),
  );
  expect(Attributes).toMatchObject({ PendingConfirmation: "false", Endpoint });

  await publish({ Subject: "Alarm" });
  await publish();
  expect(mailsOf().slice(before)).toEqual([
    { to: Endpoint, subject: "Alarm", text: "It burns." },
    { to: Endpoint, subject: "AWS Notification Message", text: "It burns." },
  ]);
});

it("shows the ARN of one that is pending to who asks for it", async () => {
  const { SubscriptionArn = "" } = await subscribe({ ReturnSubscriptionArn: true });
  expect(SubscriptionArn.startsWith(`${TopicArn}:`)).toBe(true);
  const { Attributes } = await sns().send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn }),
  );
  expect(Attributes).toMatchObject({ PendingConfirmation: "true" });
});

it("is counted by its topic as pending until it is confirmed", async () => {
  await subscribe({ Endpoint: "counted@example.com" });
  const [pending = 0, confirmed = 0] = await counts();
  expect(pending).toBeGreaterThan(0);
  await confirm(lastToken());
  expect(await counts()).toEqual([pending - 1, confirmed + 1]);
});

it("sends everything of a message as JSON, where that is asked for", async () => {
  await subscribe({ Protocol: "email-json" });
  await confirm(lastToken());
  await publish({ Subject: "Alarm" });
  const { subject, text } = present(mailsOf().at(-1));
  expect(subject).toBe("Alarm");
  expect(JSON.parse(text)).toMatchObject({ Type: "Notification", TopicArn, Message: "It burns." });
});

it("is confirmed for three days, by a token of this topic, each of those that were mailed", async () => {
  await subscribe();
  const first = lastToken();
  await subscribe();
  const second = lastToken();
  const other = aws.topics.create(`other-${topics}`).arn;
  for (const wrong of [() => confirm("made-up"), () => confirm(first, other)]) {
    await expect(wrong()).rejects.toMatchObject({ name: "InvalidParameterException" });
  }
  await confirm(first);
  aws.advance(3 * 24 * 3_600_000);
  await expect(confirm(second)).rejects.toMatchObject({ name: "InvalidParameterException" });
});

it("refuses what is no address", async () => {
  for (const wrong of ["", "team", "team@example .com", `${"a".repeat(65)}@example.com`]) {
    await expect(subscribe({ Endpoint: wrong })).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  }
});

it("follows filter policies", async () => {
  await subscribe({ Attributes: { FilterPolicy: JSON.stringify({ kind: ["alarm"] }) } });
  await confirm(lastToken());
  const before = mailsOf().length;
  await publish();
  expect(mailsOf()).toHaveLength(before);
  const MessageAttributes = { kind: { DataType: "String", StringValue: "alarm" } };
  await publish({ MessageAttributes });
  expect(mailsOf()).toHaveLength(before + 1);
});
