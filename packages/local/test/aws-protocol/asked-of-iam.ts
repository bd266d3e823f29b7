/** What IAM is asked about calls of a cloud. */
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { AwsError } from "../../src/aws-protocol/errors.ts";
import type { AwsAuthorization } from "../../src/aws-protocol/service.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";

export const account = "000000000000";
export const sns = (name: string) => `arn:aws:sns:us-east-1:${account}:${name}`;
export const sqs = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`;
export const policy = (sid: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [], Id: sid });

export const form = { "content-type": "application/x-www-form-urlencoded" };

/** A cloud with two topics and two queues; what IAM is asked, and the resources that it denies. */
export function setUpAsked() {
  let aws: StartedCloud;
  const asked: string[] = [];
  const denied = new Set<string>();
  const beforeAuthorize = ({ service, operation, resource }: AwsAuthorization) => {
    asked.push(`${service}:${operation} ${resource}`);
    if (denied.has(resource)) throw new AwsError("AccessDenied", "denied", 403);
  };
  const urlOf = (name: string) => `${aws.url}/${account}/${name}`;

  beforeAll(async () => {
    aws = await startTestCloud({ beforeAuthorize });
    const { topics, queues } = aws;
    for (const name of ["open", "guarded"]) {
      topics.create(name, { Policy: policy(name) });
      queues.create(name, { Policy: policy(name) });
      topics.subscribe({ topicArn: sns(name), protocol: "sqs", endpoint: sqs(name) });
    }
  });
  afterAll(() => aws.stop());
  beforeEach(() => {
    asked.length = 0;
    denied.clear();
  });

  const waiting = async (name: string) => {
    const { Messages = [] } = await aws.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: urlOf(name), VisibilityTimeout: 0 }),
    );
    return Messages.length;
  };

  return { asked, denied, cloud: () => aws, urlOf, waiting };
}
