/** The policies of topics and queues, which fauxqs stores as attributes but does not evaluate. */
import * as z from "zod";
import { parseInput } from "../../aws-protocol/input.ts";
import type { Form } from "../../aws-protocol/query-protocol.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { attributeIn } from "./attributes.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { queueName } from "./queue-url.ts";

/** A change of the policy of a topic or queue; an empty one removes it. */
interface PolicyChange {
  arn: string;
  policy: string;
}

/** fauxqs, and the policies of what is in it. */
export interface WithPolicies {
  fauxqs: Fauxqs;
  /** The policy of the topic or queue with this ARN, as JSON; undefined where there is none. */
  policyOf: (arn: string) => string | undefined;
}

/** Wraps fauxqs and records the policies that calls set and remove. */
export function withPolicies(fauxqs: Fauxqs, { region, account }: AwsEnvironment): WithPolicies {
  const policies = new Map<string, string>();
  const arnsOf = (service: "sns" | "sqs") => (name: string) =>
    `arn:aws:${service}:${region}:${account}:${name}`;

  function record(response: Response, change: PolicyChange | undefined): Response {
    if (!response.ok || change === undefined) return response;
    if (change.policy === "") policies.delete(change.arn);
    else policies.set(change.arn, change.policy);
    return response;
  }

  return {
    policyOf: (arn) => policies.get(arn),
    fauxqs: {
      ...fauxqs,
      async sns(operation, parameters) {
        const change = topicChange(operation, parameters, arnsOf("sns"));
        return record(await fauxqs.sns(operation, parameters), change);
      },
      async sqs(operation, input) {
        const change = queueChange(operation, input, arnsOf("sqs"));
        return record(await fauxqs.sqs(operation, input), change);
      },
    },
  };
}

function topicChange(
  operation: string,
  parameters: Form,
  arnOf: (name: string) => string,
): PolicyChange | undefined {
  const text = (name: string) => parameters.get(name) ?? "";
  switch (operation) {
    case "DeleteTopic":
      return { arn: text("TopicArn"), policy: "" };
    case "SetTopicAttributes":
      if (text("AttributeName") !== "Policy") return undefined;
      return { arn: text("TopicArn"), policy: text("AttributeValue") };
    case "CreateTopic": {
      const policy = attributeIn(parameters, "Policy");
      return policy === undefined ? undefined : { arn: arnOf(text("Name")), policy };
    }
    default:
      return undefined;
  }
}

const queueInput = z.looseObject({
  QueueName: z.string().default(""),
  QueueUrl: z.string().default(""),
  Attributes: z.looseObject({ Policy: z.string().optional() }).default({}),
});

function queueChange(
  operation: string,
  input: object,
  arnOf: (name: string) => string,
): PolicyChange | undefined {
  if (!["CreateQueue", "SetQueueAttributes", "DeleteQueue"].includes(operation)) return undefined;
  const { QueueUrl, QueueName, Attributes } = parseInput(
    queueInput,
    input,
    "SerializationException",
  );
  const arn = arnOf(operation === "CreateQueue" ? QueueName : queueName(QueueUrl));
  if (operation === "DeleteQueue") return { arn, policy: "" };
  return Attributes.Policy === undefined ? undefined : { arn, policy: Attributes.Policy };
}
