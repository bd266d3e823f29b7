/** Subscriptions and their attributes (documented: SNS-API/SetSubscriptionAttributes). */
import * as z from "zod";
import { unsupported } from "../../aws-protocol/errors.ts";
import { invalidParameter } from "./errors.ts";
import { FilterPolicyError } from "./filter-policies/conditions.ts";
import { parseFilterPolicy } from "./filter-policies/filter-policy.ts";
import { propertiesOfAttributes, propertiesOfBody } from "./filter-policies/properties.ts";
import type { Publication } from "./publication.ts";

/** Attributes in AWS's spelling (`KmsMasterKeyId`, `FilterPolicy` …). */
export type Attributes = Readonly<Record<string, string>>;

/** What can be subscribed. */
export type SubscriptionProtocol = "lambda" | "sqs" | "email" | "email-json";

/** A subscription of a queue, a function or an e-mail address. */
export interface Subscription extends SubscriptionSettings {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: SubscriptionProtocol;
  /** The ARN of the queue or function, or the address. */
  readonly endpoint: string;
  /** Whether the owner of an address has not confirmed it yet: it gets no messages. */
  readonly isPending: boolean;
}

/** Whether messages go to an address, whose owner has to confirm that. */
export function isByMail(protocol: SubscriptionProtocol): boolean {
  return protocol === "email" || protocol === "email-json";
}

/** What its attributes say of a subscription. */
export interface SubscriptionSettings {
  readonly attributes: Attributes;
  /** Whether a queue gets the message itself, without an envelope. */
  readonly isRaw: boolean;
  /** The redrive policy's queue. */
  readonly deadLetterQueueArn: string | undefined;
  /** The filter policy. */
  readonly accepts: (publication: Publication) => boolean;
}

/** The settings that attributes describe; an empty policy is none. @throws AwsError InvalidParameter */
export function subscriptionSettings(attributes: Attributes): SubscriptionSettings {
  const { RawMessageDelivery = "false", RedrivePolicy = "", ...others } = attributes;
  const { FilterPolicy = "", FilterPolicyScope = "MessageAttributes", ...unknown } = others;
  const [name] = Object.keys(unknown);
  if (name !== undefined)
    throw unsupported(`the subscription attribute ${name}`, "InvalidParameter");
  if (!/^(?:true|false)$/i.test(RawMessageDelivery)) {
    const reason = `Invalid value [${RawMessageDelivery}]. Must be true or false.`;
    throw invalidParameter(`RawMessageDelivery: ${reason}`);
  }
  return {
    attributes: Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== "")),
    isRaw: RawMessageDelivery.toLowerCase() === "true",
    deadLetterQueueArn: RedrivePolicy === "" ? undefined : deadLetterTarget(RedrivePolicy),
    accepts: filterOf(FilterPolicyScope, FilterPolicy),
  };
}

function filterOf(scope: string, policy: string): SubscriptionSettings["accepts"] {
  if (scope !== "MessageAttributes" && scope !== "MessageBody") {
    const reason = `Invalid value [${scope}]. Please use either MessageBody or MessageAttributes`;
    throw invalidParameter(`FilterPolicyScope: ${reason}`);
  }
  if (policy === "") return () => true;
  try {
    const fits = parseFilterPolicy(policy, scope);
    if (scope === "MessageAttributes") {
      return ({ attributes }) => fits(propertiesOfAttributes(attributes));
    }
    return ({ message }) => {
      const properties = propertiesOfBody(message);
      return properties !== undefined && fits(properties);
    };
  } catch (error) {
    if (!(error instanceof FilterPolicyError)) throw error;
    throw invalidParameter(`FilterPolicy: ${error.message}`);
  }
}

const redrivePolicy = z
  .string()
  .max(1000)
  .transform((text): unknown => JSON.parse(text))
  .pipe(
    z.strictObject({
      deadLetterTargetArn: z.string().regex(/^arn:aws:sqs:[\w-]+:\d{12}:[\w-]{1,80}$/),
    }),
  );

function deadLetterTarget(policy: string): string {
  try {
    return redrivePolicy.parse(policy).deadLetterTargetArn;
  } catch {
    const reason = `it is not of the form {"deadLetterTargetArn": ARN of a standard queue}`;
    throw invalidParameter(`RedrivePolicy: ${reason}`);
  }
}

/** Every attribute that a subscription shows. */
export function describeSubscription(subscription: Subscription, account: string): Attributes {
  const { FilterPolicyScope = "MessageAttributes", ...attributes } = subscription.attributes;
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Owner: account,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    SubscriptionPrincipal: `arn:aws:iam::${account}:root`,
    ConfirmationWasAuthenticated: String(!isByMail(subscription.protocol)),
    PendingConfirmation: String(subscription.isPending),
    RawMessageDelivery: "false",
    ...attributes,
    // Recorded: LocalStack test_set_subscription_filter_policy_scope.
    ...("FilterPolicy" in attributes ? { FilterPolicyScope } : {}),
  };
}
