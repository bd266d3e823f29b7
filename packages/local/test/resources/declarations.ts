/** What programs of tests declare more than once: policies, and a function with its code and role. */
import type { Applied } from "../../src/deployments/protocol.ts";
import { environment } from "../support/test-cloud.ts";
import type { Declare, DeployableCloud } from "./deployable-cloud.ts";

export const { region, account } = environment;

/** A policy of IAM, as text. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A statement that allows actions on resources. */
export function allow(Action: string, Resource: string): object {
  return { Effect: "Allow", Action, Resource };
}

/** A policy of a resource that denies everyone an action. */
export function deny(Action: string, Resource: string, more: object = {}): string {
  return policy({ Effect: "Deny", Principal: "*", Action, Resource, ...more });
}

/** A policy of a queue by which a topic may send to it. */
export function letTopicSend(queueArn: string, topicArn: string): string {
  return policy({
    ...allow("sqs:SendMessage", queueArn),
    Principal: { Service: "sns.amazonaws.com" },
    Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
  });
}

/** Who may assume a function's role. */
export const lambdaTrust = policy({
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
});

/** Declares a function with its code and its role, which `statements` describe. */
export async function declareFunction(
  { zip }: Pick<DeployableCloud, "zip">,
  declare: Declare,
  { name, source, statements = [] }: { name: string; source: string; statements?: object[] },
): Promise<{ readonly name: string; readonly arn: string }> {
  const [bucket, key] = ["code", `${name}.zip`];
  const localCloudFile = await zip(source);
  await declare("aws:s3/bucketObjectv2:BucketObjectv2", `${name}Code`, {
    bucket,
    key,
    source: { localCloudFile },
  });
  const role = await declare("aws:iam/role:Role", `${name}Role`, {
    name,
    assumeRolePolicy: lambdaTrust,
    inlinePolicies: statements.length === 0 ? [] : [{ policy: policy(...statements) }],
  });
  await declare("aws:lambda/function:Function", name, {
    name,
    role: role.outputs["arn"],
    runtime: "nodejs24.x",
    handler: "bundle.handler",
    s3Bucket: bucket,
    s3Key: key,
    loggingConfig: { logFormat: "JSON" },
  });
  return { name, arn: `arn:aws:lambda:${region}:${account}:function:${name}` };
}

/** A text among a resource's outputs. @throws when it is not there. */
export function output({ outputs }: Applied, key: string): string {
  const value = outputs[key];
  if (typeof value !== "string") throw new Error(`There is no output ${key}.`);
  return value;
}
