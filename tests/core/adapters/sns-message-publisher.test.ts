/** The SNS adapter with the real client. */
import { SNSClient } from "@aws-sdk/client-sns";
import { nameSchema, PublishFailedError, TopicGoneError } from "@secure-lambda/core";
import { createSnsMessagePublisher } from "@secure-lambda/core/adapters";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientConfig, startAwsEndpoint } from "../../support/aws-endpoint.ts";
import type { AwsEndpoint } from "../../support/aws-endpoint.ts";
import { ada, topic } from "../domain/examples.ts";

let endpoint: AwsEndpoint;
let client: SNSClient;

beforeEach(async () => {
  endpoint = await startAwsEndpoint();
  client = new SNSClient(clientConfig(endpoint));
});

afterEach(async () => {
  client.destroy();
  await endpoint.stop();
});

function publish(name = ada) {
  return createSnsMessagePublisher(client).publish(topic, { name, correlationId: "request-1" });
}

const published = (result: string) => ({
  status: 200,
  body: `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>${result}</PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>`,
});

const refused = (status: number, code: string) => ({
  status,
  body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>No.</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});

test("the name is the message, the correlation id an attribute, the answer SNS's message id", async () => {
  endpoint.answerWith(published("<MessageId>4a1f</MessageId>"));
  expect(await publish()).toEqual({ messageId: "4a1f" });
  expect(
    endpoint.requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body))),
  ).toEqual([
    {
      Action: "Publish",
      Version: "2010-03-31",
      TopicArn: topic,
      Message: "Ada",
      "MessageAttributes.entry.1.Name": "correlationId",
      "MessageAttributes.entry.1.Value.DataType": "String",
      "MessageAttributes.entry.1.Value.StringValue": "request-1",
    },
  ]);
});

test.each(["👨‍👩‍👧‍👦", "שָׁלוֹם", "q̣̇", "a=b&Action=DeleteTopic", "<Message/>"])(
  "%s is published intact",
  async (text) => {
    endpoint.answerWith(published("<MessageId>4a1f</MessageId>"));
    await publish(nameSchema.parse(text));
    const sent = new URLSearchParams(endpoint.requests[0]?.body);
    expect(sent.getAll("Message")).toEqual([text]);
    expect(sent.getAll("Action")).toEqual(["Publish"]);
  },
);

test.each(["NotFound", "NotFoundException"])("the topic is gone when SNS says %s", async (code) => {
  endpoint.answerWith(refused(404, code));
  await expect(publish()).rejects.toBeInstanceOf(TopicGoneError);
});

test.each([
  [403, "AuthorizationError", "AuthorizationErrorException"],
  [400, "InvalidParameter", "InvalidParameterException"],
  [400, "KMSNotFound", "KMSNotFoundException"],
  [429, "Throttled", "ThrottledException"],
  [500, "InternalError", "InternalErrorException"],
])("publishing has failed when SNS says %i %s, which is the cause", async (status, code, name) => {
  endpoint.answerWith(refused(status, code));
  await expect(publish()).rejects.toMatchObject({ name: "PublishFailedError", cause: { name } });
});

test("publishing has failed when SNS answers without a message id", async () => {
  endpoint.answerWith(published(""));
  await expect(publish()).rejects.toBeInstanceOf(PublishFailedError);
});

test("a copy that is published because an answer was lost has the same name and correlation id", async () => {
  const retrying = new SNSClient({ ...clientConfig(endpoint), maxAttempts: 2 });
  endpoint.answerWith(published("<MessageId>4a1f</MessageId>"));
  endpoint.loseNextAnswer();
  const message = { name: ada, correlationId: "request-1" };
  expect(await createSnsMessagePublisher(retrying).publish(topic, message)).toEqual({
    messageId: "4a1f",
  });
  retrying.destroy();
  const [first, second, ...more] = endpoint.requests;
  expect(first?.body).toContain("Value.StringValue=request-1");
  expect(second).toEqual(first);
  expect(more).toEqual([]);
});

test("publishing has failed when SNS cannot be reached", async () => {
  await endpoint.stop();
  await expect(publish()).rejects.toMatchObject({
    name: "PublishFailedError",
    cause: { code: "ECONNREFUSED" },
  });
});
