/** Calls for data that a program makes while it runs, such as `aws.getRegion()`. */
import type { InvokeData } from "../../../provider/invoke-data.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { UnsupportedKindError } from "../../../errors/unsupported.ts";
import { renderPolicy } from "./render-policy.ts";

/** The data of an account and region. The answer throws for a call that is not supported. */
export function createInvokeData({ region, account }: AwsEnvironment): InvokeData {
  return (token, inputs) => {
    switch (token) {
      case "aws:index/getRegion:getRegion":
        return {
          id: region,
          region,
          name: region,
          description: region,
          endpoint: `ec2.${region}.amazonaws.com`,
        };
      case "aws:index/getPartition:getPartition":
        return {
          id: "aws",
          partition: "aws",
          dnsSuffix: "amazonaws.com",
          reverseDnsPrefix: "com.amazonaws",
        };
      case "aws:index/getCallerIdentity:getCallerIdentity":
        return {
          id: account,
          accountId: account,
          arn: `arn:aws:iam::${account}:root`,
          userId: account,
        };
      case "aws:iam/getPolicyDocument:getPolicyDocument":
        return renderPolicy(inputs);
      default:
        throw new UnsupportedKindError(`The local cloud does not support the call ${token}.`);
    }
  };
}
