/**
 * SNS's own log of deliveries to functions.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html
 * Source: https://docs.aws.amazon.com/sns/latest/dg/topics-attrib-prereq.html
 */
import { beforeEach, expect, it } from "vitest";
import { policy, roleOfName } from "../../iam/policies-in-force.ts";
import { FAILURES, FUNCTION, publishedAt, setUpDelivery, TOPIC } from "./delivery-harness.ts";

const { allowed, draw, logs, publish, roles, subscribe, topics } = setUpDelivery();

const DELIVERIES = "sns/us-east-1/000000000000/names";
const role = roleOfName("Logger");
const writing = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

/** Lets the role write to groups. */
const putRole = (Action: readonly string[], ...groups: readonly string[]) => {
  const Resource = groups.map(
    (group) => `arn:aws:logs:us-east-1:000000000000:log-group:${group}:*`,
  );
  const statement = { Effect: "Allow", Action, Resource };
  roles.put({ name: "Logger", arn: role, inlinePolicies: [policy(statement)] });
};
const feedback = {
  LambdaFailureFeedbackRoleArn: role,
  LambdaSuccessFeedbackRoleArn: role,
  LambdaSuccessFeedbackSampleRate: "10",
};

beforeEach(() => {
  draw(0);
  putRole(writing, DELIVERIES, FAILURES);
  topics().setAttributes(TOPIC, feedback);
  subscribe();
});

/** SNS's lines of a group; the local cloud's own, in words, have a level. */
const lines = (group: string): unknown[] =>
  logs()
    .read(group)
    .map(({ message }): Record<string, unknown> => JSON.parse(message))
    .filter((line) => !("level" in line));

/** Publishes a message that SNS cannot deliver; its id. */
function publishInVain(): string {
  allowed.clear();
  return publish("Ada");
}

it("has a delivered message, by its id and a hash", () => {
  const messageId = publish("Ada");
  expect(lines(DELIVERIES)).toEqual([
    {
      notification: {
        messageMD5Sum: "1a382809b7c03f686e12dd15677c5497",
        messageId,
        topicArn: TOPIC,
        timestamp: publishedAt.replace("T", " ").replace("Z", ""),
      },
      delivery: {
        deliveryId: expect.any(String),
        destination: FUNCTION,
        providerResponse: '{"lambdaRequestId":"request"}',
        dwellTimeMs: 0,
        statusCode: 202,
      },
      status: "SUCCESS",
    },
  ]);
});

it("has a message that could not be delivered, in a group of its own", () => {
  const messageId = publishInVain();
  expect(lines(FAILURES)).toMatchObject([
    {
      notification: { messageId },
      delivery: { providerResponse: expect.stringContaining('"ErrorCode":"AccessDenied"') },
      status: "FAILURE",
    },
  ]);
  expect(lines(DELIVERIES)).toEqual([]);
});

it("has the sampled share of delivered messages, and every other", () => {
  draw(0.0999);
  publish("Ada");
  expect(lines(DELIVERIES)).toHaveLength(1);
  draw(0.1);
  publish("Ada");
  expect(lines(DELIVERIES)).toHaveLength(1);
  publishInVain();
  expect(lines(FAILURES)).toHaveLength(1);
});

it("has nothing of a topic that names no role", () => {
  topics().setAttributes(TOPIC, {
    LambdaFailureFeedbackRoleArn: "",
    LambdaSuccessFeedbackRoleArn: "",
  });
  publish("Ada");
  publishInVain();
  expect([lines(DELIVERIES), lines(FAILURES)]).toEqual([[], []]);
});

it.each([
  ["may not write", ["logs:CreateLogGroup", "logs:CreateLogStream"], DELIVERIES],
  ["may write elsewhere", writing, `${DELIVERIES}-other`],
  ["may not create the group, which is not there", writing.slice(1), DELIVERIES],
])("has nothing where the role %s", (_, actions, group) => {
  putRole(actions, group);
  publish("Ada");
  expect(lines(DELIVERIES)).toEqual([]);
});

it("is written to a group that is there without the permission to create it", () => {
  logs().createGroup(DELIVERIES);
  putRole(writing.slice(1), DELIVERIES);
  publish("Ada");
  expect(lines(DELIVERIES)).toHaveLength(1);
});

it("takes roles by their ARNs, and a percentage", () => {
  for (const attributes of [
    { LambdaFailureFeedbackRoleArn: "Logger" },
    { LambdaSuccessFeedbackSampleRate: "101" },
  ]) {
    expect(() => topics().setAttributes(TOPIC, attributes)).toThrow(
      expect.objectContaining({ code: "InvalidParameter" }),
    );
  }
});
