/** Controls of topic and queue. */
import type { Control } from "./control.ts";

/** By number. */
export const messagingControls: readonly Control[] = [
  {
    number: 64,
    area: "SNS",
    control: "Encrypted with a customer key",
    ids: "SecHub SNS.1; AwsSolutions/NIST/HIPAA/PCI SNSEncryptedKMS; CKV_AWS_26; AWS-0095, AWS-0136; prowler sns_topics_kms_encryption_at_rest_enabled",
    decision: "met",
    held: {
      "encrypted-at-rest": ["the topic's key"],
      "encrypted-with-customer-keys": ["the topic's own key"],
    },
  },
  {
    number: 65,
    area: "SNS",
    control: "TLS only",
    ids: "AwsSolutions-SNS3",
    decision: "met",
    held: { "encrypted-in-transit": ["the topic's policy"] },
  },
  {
    number: 66,
    area: "SNS",
    control: "No public or cross-account policy",
    ids: "SecHub SNS.4; CKV_AWS_169, CKV_AWS_385; prowler sns_topics_not_publicly_accessible; Guard SNS_*",
    decision: "met",
    held: {
      "publishers-are-named": ["the denial of other publishers"],
      "principals-are-of-this-account": ["this account as the topic's publisher"],
      "no-wildcard-grants": ["a named principal of the topic"],
    },
  },
  {
    number: 67,
    area: "SNS",
    control: "Delivery status is logged",
    ids: "SecHub SNS.2",
    decision: "met",
    note: "Failed deliveries, and 1 % of the others: a line has a hash of the message.",
    held: {
      "deliveries-are-logged": [
        "the log of failed deliveries",
        "the sample of deliveries",
        "the log group of failed deliveries",
      ],
    },
  },
  {
    number: 68,
    area: "SNS",
    control: "Subscription has a redrive policy",
    ids: "cdk-nag Serverless SNSRedrivePolicy; serverless-rules",
    decision: "met",
    held: { "subscriptions-redrive": ["the subscription's redrive"] },
  },
  {
    number: 69,
    area: "SNS",
    control: "No plain-http subscriptions",
    ids: "prowler sns_subscription_not_using_http_endpoints",
    decision: "met",
    held: { "subscriptions-use-tls": ["the TLS of a subscription"] },
  },
  {
    number: 70,
    area: "SQS",
    control: "Encrypted, with a customer key",
    ids: "SecHub SQS.1; AwsSolutions-SQS2; CKV_AWS_27, CKV2_AWS_73; AWS-0096, AWS-0135; prowler sqs_queues_server_side_encryption_enabled",
    decision: "met",
    held: {
      "encrypted-at-rest": ["the queue's key"],
      "encrypted-with-customer-keys": ["the queue's own key"],
    },
  },
  {
    number: 71,
    area: "SQS",
    control: "TLS only",
    ids: "AwsSolutions-SQS4",
    decision: "met",
    held: { "encrypted-in-transit": ["the queue's TLS"] },
  },
  {
    number: 72,
    area: "SQS",
    control: "Not public, no wildcard grant",
    ids: "SecHub SQS.3; CKV_AWS_72, _168, _387; AWS-0097; prowler sqs_queues_not_publicly_accessible",
    decision: "met",
    held: {
      "no-wildcard-grants": ["a named action of the queue"],
      "services-act-for-named-resources": ["the topic for which SNS sends dead letters"],
      "principals-are-of-this-account": ["this account's topic as the source of dead letters"],
    },
  },
  {
    number: 73,
    area: "SQS",
    control: "Has a dead-letter queue",
    ids: "AwsSolutions-SQS3; Serverless SQSRedrivePolicy",
    decision: "n/a",
    reason: "It is the dead-letter queue.",
  },
];
