/** What IAM is asked about is what is then acted on, whatever else a request names. */
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AwsError } from "../../src/aws-protocol/errors.ts";
import type { AwsAuthorization } from "../../src/aws-protocol/service.ts";
import { callJson, callQuery, callRaw } from "../support/raw-calls.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";

const account = "000000000000";
const sns = (name: string) => `arn:aws:sns:us-east-1:${account}:${name}`;
const sqs = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`;
const policy = (sid: string) => JSON.stringify({ Version: "2012-10-17", Statement: [], Id: sid });

let aws: StartedCloud;
let asked: string[];
const denied = new Set<string>();
const beforeAuthorize = ({ service, operation, resource }: AwsAuthorization) => {
  asked.push(`${service}:${operation} ${resource}`);
  if (denied.has(resource)) throw new AwsError("AccessDenied", "denied", 403);
};
const urlOf = (name: string) => `${aws.url}/${account}/${name}`;

beforeAll(async () => {
  aws = await startTestCloud({ beforeAuthorize });
  const { topics, queues } = aws.messaging;
  for (const name of ["open", "guarded"]) {
    await topics.create(name, { Policy: policy(name) });
    await queues.create(name, { Policy: policy(name) });
    await topics.subscribeQueue(sns(name), sqs(name));
  }
});
afterAll(() => aws.stop());
beforeEach(() => {
  asked = [];
  denied.clear();
});

const form = { "content-type": "application/x-www-form-urlencoded" };
const waiting = async (name: string) => {
  const { Messages = [] } = await aws.clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: urlOf(name), VisibilityTimeout: 0 }),
  );
  return Messages.length;
};

describe("what could be read in two ways is rejected, and nothing is done", () => {
  const publish = `Action=Publish&Message=x&TopicArn=${sns("guarded")}`;
  test.each([
    ["two operations", { headers: form, body: `Action=ListTopics&${publish}` }],
    ["two operations, encoded", { headers: form, body: `%41ction=ListTopics&${publish}` }],
    ["two topics", { headers: form, body: `TopicArn=${sns("open")}&${publish}` }],
    ["the same twice", { headers: form, body: `${publish}&Message=x` }],
    ["a parameter in the URL", { headers: form, body: publish, path: "/?Action=ListTopics" }],
    [
      "a target beside a form",
      { headers: { ...form, "x-amz-target": "AmazonSQS.X" }, body: publish },
    ],
    ["a form that says it is text", { headers: { "content-type": "text/plain" }, body: publish }],
    [
      "two types of content",
      { headers: { "content-type": `${form["content-type"]}, application/json` }, body: publish },
    ],
    ["a form only in the URL", { method: "GET", path: `/?${publish}` }],
  ])("%s", async (_, request) => {
    const { status, body } = await callRaw(aws.endpoint, "sns", request);
    expect(status).toBe(400);
    expect(body).toContain("<Code>MalformedQueryString</Code>");
    expect(asked).toEqual([]);
    expect(await waiting("guarded")).toBe(0);
  });

  test("a call of SQS that is signed for SNS", async () => {
    await aws.messaging.queues.send(sqs("open"), "dead letter");
    const { status, body } = await callRaw(aws.endpoint, "sns", {
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "AmazonSQS.ReceiveMessage",
      },
      body: JSON.stringify({
        a: `&Action=Publish&TopicArn=${sns("open")}&b=`,
        QueueUrl: urlOf("open"),
      }),
    });
    expect(status).toBe(400);
    expect(body).not.toContain("dead letter");
  });

  test("two operations in SQS's form, and in STS's target", async () => {
    const body = `Action=ListQueues&Action=PurgeQueue&QueueUrl=${urlOf("guarded")}`;
    expect(await callRaw(aws.endpoint, "sqs", { headers: form, body })).toMatchObject({
      status: 400,
    });
    const other = await callJson(aws.endpoint, "ssm", "secretsmanager.GetParameter", { Name: "n" });
    expect(other.body).toContain("does not support ssm:secretsmanager.GetParameter.");
  });
});

test("a type of content may be written in another case, with a charset", async () => {
  const headers = { "content-type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8" };
  const body = `Action=Publish&TopicArn=${encodeURIComponent(sns("open"))}&Message=a+b%20c`;
  expect(await callRaw(aws.endpoint, "sns", { headers, body })).toMatchObject({ status: 200 });
  expect(asked).toEqual([`sns:Publish ${sns("open")}`]);
});

describe("SNS", () => {
  const TopicArn = sns("open");
  // Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html (that calls without a topic are about all is assumed)
  test.each([
    ["TagResource", { ResourceArn: sns("guarded"), TopicArn }, sns("guarded")],
    ["ListTagsForResource", { ResourceArn: sns("guarded"), TopicArn }, sns("guarded")],
    ["CreateTopic", { Name: "guarded", TopicArn }, sns("guarded")],
    ["Unsubscribe", { SubscriptionArn: `${sns("guarded")}:id`, TopicArn }, "*"],
    ["ListSubscriptions", { TopicArn }, "*"],
    ["Publish", { TopicArn: sns("guarded"), ResourceArn: TopicArn }, sns("guarded")],
  ])("%s with %o is checked as what it is about", async (Action, parameters, resource) => {
    denied.add(resource);
    const { body } = await callQuery(aws.endpoint, "sns", { Action, ...parameters });
    expect(asked).toEqual([`sns:${Action} ${resource}`]);
    expect(body).toContain("<Code>AccessDenied</Code>");
  });

  test("an attribute without a value does not take a topic's policy away", async () => {
    const entry = { "Attributes.entry.1.key": "Policy" };
    await callQuery(aws.endpoint, "sns", { Action: "CreateTopic", Name: "guarded", ...entry });
    expect(aws.messaging.policyOf(sns("guarded"))).toBe(policy("guarded"));
  });

  test("of two policies the one counts that the topic has", async () => {
    await callQuery(aws.endpoint, "sns", {
      Action: "CreateTopic",
      Name: "twice",
      "Attributes.entry.1.key": "Policy",
      "Attributes.entry.1.value": policy("first"),
      "Attributes.entry.2.key": "Policy",
      "Attributes.entry.2.value": policy("second"),
    });
    const parameters = { Action: "GetTopicAttributes", TopicArn: sns("twice") };
    const { body } = await callQuery(aws.endpoint, "sns", parameters);
    expect(body).toContain("second");
    expect(aws.messaging.policyOf(sns("twice"))).toBe(policy("second"));
  });

  test.each([
    ["Subscribe", { TopicArn, Protocol: "sqs", Endpoint: sqs("open") }],
    ["SetSubscriptionAttributes", { SubscriptionArn: `${TopicArn}:id` }],
  ])("%s rejects a filter that takes ages to evaluate, by name", async (Action, parameters) => {
    const filter = JSON.stringify({ name: [{ "anything-but": { wildcard: "*a*x" } }] });
    const { status, body } = await callQuery(aws.endpoint, "sns", {
      Action,
      ...parameters,
      AttributeName: "FilterPolicy",
      AttributeValue: filter,
      "Attributes.entry.1.key": "FilterPolicy",
      "Attributes.entry.1.value": filter,
    });
    expect(status).toBe(400);
    expect(body).toContain("does not support filter policies with several * in a pattern");
  });
});

describe("SQS", () => {
  const json = { "content-type": "application/x-amz-json-1.0" };
  const call = (operation: string, input: unknown) =>
    callRaw(aws.endpoint, "sqs", {
      headers: { ...json, "x-amz-target": `AmazonSQS.${operation}` },
      body: JSON.stringify(input),
    });

  // Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
  test.each([
    ["CreateQueue", "QueueName", "guarded"],
    ["GetQueueUrl", "QueueName", "guarded"],
    ["ListQueues", "QueueUrl", "*"],
    ["PurgeQueue", "QueueUrl", "guarded"],
    ["DeleteQueue", "QueueUrl", "guarded"],
  ])("%s is checked as what its %s names", async (operation, member, name) => {
    denied.add(sqs(name));
    const both = { QueueUrl: urlOf("open"), QueueName: "open" };
    const named = member === "QueueUrl" ? urlOf(name) : name;
    expect(await call(operation, { ...both, [member]: named })).toMatchObject({ status: 403 });
    expect(asked).toEqual([`sqs:${operation} ${sqs(name)}`]);
  });

  test("a batch is sent to the queue that was checked", async () => {
    const Entries = [{ Id: "1", MessageBody: "x" }];
    await call("SendMessageBatch", { QueueUrl: urlOf("open"), QueueName: "guarded", Entries });
    expect(asked).toEqual([`sqs:SendMessageBatch ${sqs("open")}`]);
  });

  test("the policy of a queue is not changed in the name of another", async () => {
    const Attributes = { Policy: policy("forged") };
    const input = { QueueUrl: urlOf("open"), QueueName: "guarded", Attributes };
    expect(await call("SetQueueAttributes", input)).toMatchObject({ status: 200 });
    expect(aws.messaging.policyOf(sqs("guarded"))).toBe(policy("guarded"));
    expect(aws.messaging.policyOf(sqs("open"))).toBe(policy("forged"));
  });

  test.each([
    "http://any.host/111111111111/guarded",
    `http://any.host/${account}/other:guarded`,
    `http://any.host/${account}/guar\nded`,
    `http://any.host/${account}/other/guarded`,
    `http://any.host/${account}/%67uarded`,
    `http://any.host/${account}/open?x=/${account}/guarded`,
    "guarded",
    sqs("guarded"),
  ])("%j is no address of a queue", async (QueueUrl) => {
    const { status, body } = await call("PurgeQueue", { QueueUrl });
    expect(status).toBe(400);
    expect(body).toContain("#QueueDoesNotExist");
    expect(asked).not.toContain(`sqs:PurgeQueue ${sqs("guarded")}`);
  });

  test("an address is one whatever its host", async () => {
    const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/${account}/guarded`;
    expect(await call("ListQueueTags", { QueueUrl })).toMatchObject({ status: 200 });
    expect(asked).toEqual([`sqs:ListQueueTags ${sqs("guarded")}`]);
  });

  // Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
  test.each(["", "x/guarded", "x:guarded", "guarded\n", "x".repeat(81), 7])(
    "%j is no name for a queue",
    async (QueueName) => {
      const { status, body } = await call("CreateQueue", { QueueName });
      expect(status).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ __type: "InvalidParameterValue" });
    },
  );

  test("another type of content is rejected in the way of AWS", async () => {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonSQS.ListQueues",
    };
    const { status, body } = await callRaw(aws.endpoint, "sqs", { headers, body: "{}" });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({
      __type: "UnknownOperationException",
      message:
        'The local cloud does not support the content type "application/x-amz-json-1.1" of SQS.',
    });
  });

  test("a request that is too long for SQS is rejected in the way of AWS", async () => {
    const { status, body } = await call("SendMessage", {
      QueueUrl: urlOf("open"),
      MessageBody: "x".repeat(12 * 1024 * 1024),
    });
    expect(status).toBe(413);
    expect(JSON.parse(body)).toMatchObject({ __type: "RequestEntityTooLarge" });
  });
});

describe("the other services are asked about by the ARN of what a call names", () => {
  test.each([
    [
      "ssm",
      "AmazonSSM.GetParameter",
      { Name: "/a/b" },
      `ssm:GetParameter arn:aws:ssm:us-east-1:${account}:parameter/a/b`,
    ],
    [
      "cognito-idp",
      "AWSCognitoIdentityProviderService.AdminDeleteUser",
      { UserPoolId: "us-east-1_pool", Username: "u" },
      `cognito-idp:AdminDeleteUser arn:aws:cognito-idp:us-east-1:${account}:userpool/us-east-1_pool`,
    ],
    [
      "secretsmanager",
      "secretsmanager.CreateSecret",
      { Name: "new", SecretId: "other" },
      `secretsmanager:CreateSecret arn:aws:secretsmanager:us-east-1:${account}:secret:new-??????`,
    ],
  ])("%s: %s %o", async (service, target, input, expected) => {
    await callJson(aws.endpoint, service, target, input);
    expect(asked).toEqual([expected]);
  });

  // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
  test.each([
    ["GET", "/b/a%20b", "", ["s3:GetObject arn:aws:s3:::b/a b"]],
    ["HEAD", "/b/k", "", ["s3:GetObject arn:aws:s3:::b/k"]],
    ["GET", "/b/x/../k", "", ["s3:GetObject arn:aws:s3:::b/k"]],
    ["GET", "/b/%252e", "", ["s3:GetObject arn:aws:s3:::b/%2e"]],
    ["GET", "/b?list-type=2&prefix=p", "", ["s3:ListBucket arn:aws:s3:::b"]],
    ["GET", "/b?versions", "", ["s3:ListBucketVersions arn:aws:s3:::b"]],
    ["POST", "/b?delete", "<Delete></Delete>", ["s3:DeleteObject arn:aws:s3:::b"]],
    [
      "POST",
      "/b?delete",
      "<Delete><Object><Key>a&amp;</Key></Object><Object><Key>c</Key></Object></Delete>",
      ["s3:DeleteObject arn:aws:s3:::b/a&", "s3:DeleteObject arn:aws:s3:::b/c"],
    ],
  ])("s3: %s %s %s", async (method, path, body, expected) => {
    await callRaw(aws.endpoint, "s3", { method, path, ...(body === "" ? {} : { body }) });
    expect(asked).toEqual(expected);
  });
});
