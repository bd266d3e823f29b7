/** Inputs of resources, as deployments have them. */
import { policy } from "./declarations.ts";

export const fn = {
  role: "arn:aws:iam::000000000000:role/role",
  runtime: "nodejs24.x",
  handler: "bundle.handler",
  s3Bucket: "code",
  s3Key: "code.zip",
};
export const pool = { usernameAttributes: ["email"] };
export const client = { userPoolId: "us-east-1_AbCdEfGhI" };
const subscription = { topic: "arn:aws:sns:us-east-1:000000000000:names" };
export const toFunction = {
  ...subscription,
  protocol: "lambda",
  endpoint: "arn:aws:lambda:us-east-1:000000000000:function:f",
};
export const toQueue = {
  ...subscription,
  protocol: "sqs",
  endpoint: "arn:aws:sqs:us-east-1:000000000000:q",
};
export const toDeadLetters = JSON.stringify({
  deadLetterTargetArn: "arn:aws:sqs:us-east-1:000000000000:dead",
});
export const config = { functionName: "f" };
const anything = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
export const open = policy(anything);
export const variable = policy(anything, { ...anything, Resource: "arn:aws:s3:::${aws:username}" });
export const unevaluated = policy(anything, {
  ...anything,
  Condition: { NumericLessThan: { "kms:Any": "1" } },
});
