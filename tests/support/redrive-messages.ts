/** Dead letters of both kinds, and `npm run redrive` over a queue of the test's own. */
import { appName } from "@secure-lambda/functions/contract";
import type { TestContext } from "vitest";
import { destinationRecord } from "../../packages/local/src/services/lambda/invocations/destination-record.ts";
import { run } from "../../packages/local/test/support/command.ts";
import { consumerArn, startRedriveCloud } from "./redrive-cloud.ts";

/** Each command waits for messages, so tests run beside each other. */
export async function setUp({ onTestFinished }: TestContext) {
  const cloud = await startRedriveCloud();
  onTestFinished(() => cloud.stop());
  const command = ["node", "scripts/redrive.ts", "--aws-port", cloud.awsPort] as const;
  return { cloud, redrive: (...args: string[]) => run([...command, ...args]) };
}

export const topicArn = `arn:aws:sns:us-east-1:000000000000:${appName}-local-GreetingTopic`;
export const subscriptionArn = `${topicArn}:5f1a`;

/** What SNS puts into the queue when it cannot deliver a message. */
export const envelope = {
  Type: "Notification",
  MessageId: "0d6e9f6a-8a5c-4c5e-9a3d-0c1a6a3a7f11",
  TopicArn: topicArn,
  Message: "Ada Lovelace",
  Timestamp: "2026-11-22T10:00:00.000Z",
  SignatureVersion: "1",
  Signature: "c2lnbmF0dXJl",
  SigningCertURL: "https://sns.us-east-1.amazonaws.com/certificate.pem",
  UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
  MessageAttributes: { correlationId: { Type: "String", Value: "request-1" } },
};

/** What Lambda puts into the queue when a function has failed for good. */
export const record = (functionArn = consumerArn, errorType = "InvalidEventError") =>
  destinationRecord(
    {
      requestId: "8d0f5b0e-2d1b-4a53-8d43-5a3fdd0b0a3f",
      functionArn,
      payload: JSON.stringify({ Records: [{ Sns: { Message: "Grace Hopper" } }] }),
      condition: "RetriesExhausted",
      invokeCount: 3,
      failure: {
        ok: false,
        kind: "function",
        requestId: "any",
        errorType,
        payload: JSON.stringify({ errorType, errorMessage: "no greeting for Grace Hopper" }),
      },
    },
    new Date(),
  );
