/** The policies of topics and queues, which fauxqs keeps as attributes but does not read. */
import * as z from "zod";
import { operationOfTarget, parseJson } from "../json-protocol.ts";
import { formOf, isForm, operationOfForm } from "../query-protocol.ts";
import type { AwsRequest, Location } from "../service.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { queueName } from "./queue-url.ts";

type Sent = Pick<AwsRequest, "headers" | "body">;

/** What a request does to the policy of a topic or queue; an empty one takes it away. */
type Change = { arn: string; policy: string };

/** fauxqs, and the policies of what is in it. */
export type WithPolicies = {
  fauxqs: Fauxqs;
  /** The policy of the topic or queue with this ARN, as JSON; undefined where there is none. */
  policyOf: (arn: string) => string | undefined;
};

/** The same door to fauxqs, which notes the policies that are set and taken away through it. */
export function withPolicies(fauxqs: Fauxqs, { region, account }: Location): WithPolicies {
  const policies = new Map<string, string>();

  function changeOf(request: Sent): Change | undefined {
    return isForm(request.headers)
      ? topicChange(request, (name) => `arn:aws:sns:${region}:${account}:${name}`)
      : queueChange(request, (name) => `arn:aws:sqs:${region}:${account}:${name}`);
  }

  return {
    policyOf: (arn) => policies.get(arn),
    fauxqs: {
      ...fauxqs,
      async send(request) {
        const response = await fauxqs.send(request);
        const change = response.ok ? changeOf(request) : undefined;
        if (change?.policy === "") policies.delete(change.arn);
        else if (change) policies.set(change.arn, change.policy);
        return response;
      },
    },
  };
}

function topicChange(request: Sent, arnOf: (name: string) => string): Change | undefined {
  const form = formOf(request);
  const text = (name: string) => form.get(name) ?? "";
  switch (operationOfForm(request)) {
    case "DeleteTopic":
      return { arn: text("TopicArn"), policy: "" };
    case "SetTopicAttributes":
      if (text("AttributeName") !== "Policy") return undefined;
      return { arn: text("TopicArn"), policy: text("AttributeValue") };
    case "CreateTopic": {
      const key = form.keys().find((name) => isAttributeKey(name) && text(name) === "Policy");
      if (key === undefined) return undefined;
      return { arn: arnOf(text("Name")), policy: text(key.replace(/key$/, "value")) };
    }
    default:
      return undefined;
  }
}

function isAttributeKey(parameter: string): boolean {
  return /^Attributes\.entry\.\d+\.key$/.test(parameter);
}

const queueInput = z.looseObject({
  QueueName: z.string().optional(),
  QueueUrl: z.string().default(""),
  Attributes: z.looseObject({ Policy: z.string().optional() }).default({}),
});

function queueChange(request: Sent, arnOf: (name: string) => string): Change | undefined {
  const operation = operationOfTarget(request);
  if (!["CreateQueue", "SetQueueAttributes", "DeleteQueue"].includes(operation)) return undefined;
  const { QueueUrl, QueueName, Attributes } = queueInput.parse(parseJson(request.body));
  const policy = operation === "DeleteQueue" ? "" : Attributes.Policy;
  return policy === undefined
    ? undefined
    : { arn: arnOf(QueueName ?? queueName(QueueUrl)), policy };
}
