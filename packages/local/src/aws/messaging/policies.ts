/** The policies of topics and queues, which fauxqs keeps as attributes but does not read. */
import * as z from "zod";
import { parseJson } from "../json-protocol.ts";
import { isForm } from "../query-protocol.ts";
import type { Location } from "../service.ts";
import type { Fauxqs } from "./fauxqs.ts";
import { queueName } from "./queue-url.ts";

type Sent = Parameters<Fauxqs["send"]>[0];

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
  const arnOf = (service: string, name: string) =>
    `arn:aws:${service}:${region}:${account}:${name}`;

  function changeOf(request: Sent): Change | undefined {
    if (!isForm(request.headers)) return queueChange(request, (name) => arnOf("sqs", name));
    const form = new URLSearchParams(request.body.toString("utf8"));
    return topicChange(form, (name) => arnOf("sns", name));
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

function topicChange(form: URLSearchParams, arnOf: (name: string) => string): Change | undefined {
  const text = (name: string) => form.get(name) ?? "";
  const action = text("Action");
  if (action === "DeleteTopic") return { arn: text("TopicArn"), policy: "" };
  if (action === "SetTopicAttributes" && text("AttributeName") === "Policy") {
    return { arn: text("TopicArn"), policy: text("AttributeValue") };
  }
  const [entry] = [...form].find(([, value]) => value === "Policy") ?? [];
  const key = /^(Attributes\.entry\.\d+\.)key$/.exec(entry ?? "")?.[1];
  if (action !== "CreateTopic" || key === undefined) return undefined;
  return { arn: arnOf(text("Name")), policy: text(`${key}value`) };
}

const queueInput = z.looseObject({
  QueueName: z.string().optional(),
  QueueUrl: z.string().default(""),
  Attributes: z.looseObject({ Policy: z.string().optional() }).default({}),
});

function queueChange(request: Sent, arnOf: (name: string) => string): Change | undefined {
  const operation = request.headers.get("x-amz-target")?.split(".").at(1) ?? "";
  if (!["CreateQueue", "SetQueueAttributes", "DeleteQueue"].includes(operation)) return undefined;
  const {
    QueueUrl,
    QueueName = queueName(QueueUrl),
    Attributes,
  } = queueInput.parse(parseJson(request.body));
  const policy = operation === "DeleteQueue" ? "" : Attributes.Policy;
  return policy === undefined ? undefined : { arn: arnOf(QueueName), policy };
}
