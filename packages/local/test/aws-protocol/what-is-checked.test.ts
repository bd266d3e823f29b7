/** What IAM is asked about is what is then acted on, whatever else a request names. */
import { describe, expect, test } from "vitest";
import { operator } from "../support/test-cloud.ts";
import { callJson, callQuery, callRaw } from "../support/raw-calls.ts";
import { account, sns, sqs, policy, form, setUpAsked } from "./asked-of-iam.ts";

const { asked, denied, cloud, urlOf, waiting } = setUpAsked();

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
    const { status, body } = await callRaw(cloud().endpoint, "sns", request);
    expect(status).toBe(400);
    expect(body).toContain("<Code>MalformedQueryString</Code>");
    expect(asked).toEqual([]);
    expect(await waiting("guarded")).toBe(0);
  });

  test("a call of SQS that is signed for SNS", async () => {
    cloud().queues.send(sqs("open"), { body: "dead letter", attributes: {} }, operator);
    const { status, body } = await callRaw(cloud().endpoint, "sns", {
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
    expect(await callRaw(cloud().endpoint, "sqs", { headers: form, body })).toMatchObject({
      status: 400,
    });
    const other = await callJson(cloud().endpoint, "ssm", "secretsmanager.GetParameter", {
      Name: "n",
    });
    expect(other.body).toContain("does not support ssm:secretsmanager.GetParameter.");
  });
});

test("a type of content may be written in another case, with a charset", async () => {
  const headers = { "content-type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8" };
  const body = `Action=Publish&TopicArn=${encodeURIComponent(sns("open"))}&Message=a+b%20c`;
  expect(await callRaw(cloud().endpoint, "sns", { headers, body })).toMatchObject({ status: 200 });
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
    const { body } = await callQuery(cloud().endpoint, "sns", { Action, ...parameters });
    expect(asked).toEqual([`sns:${Action} ${resource}`]);
    expect(body).toContain("<Code>AccessDenied</Code>");
  });

  test("an attribute without a value does not take a topic's policy away", async () => {
    const entry = { "Attributes.entry.1.key": "Policy" };
    await callQuery(cloud().endpoint, "sns", { Action: "CreateTopic", Name: "guarded", ...entry });
    expect(cloud().topics.policyOf(sns("guarded"))).toBe(policy("guarded"));
  });

  test("two policies are rejected, and no topic is created", async () => {
    const { status, body } = await callQuery(cloud().endpoint, "sns", {
      Action: "CreateTopic",
      Name: "twice",
      "Attributes.entry.1.key": "Policy",
      "Attributes.entry.1.value": policy("first"),
      "Attributes.entry.2.key": "Policy",
      "Attributes.entry.2.value": policy("second"),
    });
    expect(status).toBe(400);
    expect(body).toContain("<Code>MalformedQueryString</Code>");
    expect(() => cloud().topics.get(sns("twice"))).toThrow("does not exist");
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
    // Source: https://github.com/aws-samples/amazon-cloudwatch-auto-alarms/issues/1
    [
      "monitoring",
      "GraniteServiceVersion20100801.DescribeAlarms",
      { AlarmNames: ["errors"] },
      `cloudwatch:DescribeAlarms arn:aws:cloudwatch:us-east-1:${account}:alarm:*`,
    ],
  ])("%s: %s %o", async (service, target, input, expected) => {
    await callJson(cloud().endpoint, service, target, input);
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
    await callRaw(cloud().endpoint, "s3", { method, path, ...(body === "" ? {} : { body }) });
    expect(asked).toEqual(expected);
  });
});
