/** aws:cloudwatch: log groups and the policies of their deliveries. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { nameOf } from "../../../provider/physical-name.ts";
import {
  conditionLimitations,
  policyText,
  resourcePolicy,
} from "../../iam/resources/policy-document.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { LogDelivery } from "../log-delivery.ts";
import type { LogGroups } from "../log-groups.ts";

/** Documented: LOGS-API/PutRetentionPolicy; 0 keeps events for good. */
const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
  3288, 3653,
];

const logGroupInputs = z.strictObject({
  name: z.string().optional(),
  retentionInDays: z.literal(retentions).optional(),
  kmsKeyId: z.string().optional(),
  logGroupClass: z.enum(["STANDARD", "INFREQUENT_ACCESS"]).optional(),
  deletionProtectionEnabled: z.boolean().default(false),
  skipDestroy: z.boolean().default(false),
});

interface CloudWatchStores {
  readonly logs: LogGroups;
  readonly logDelivery: LogDelivery;
  readonly environment: AwsEnvironment;
}

/** The resource types of aws:cloudwatch. */
export const cloudwatchResources = ({ logs, logDelivery, environment }: CloudWatchStores) => [
  logGroup(logs, environment),
  replacedWhen(
    ["policyName"],
    defineResource({
      type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
      inputs: z.strictObject({ policyName: z.string(), policyDocument: resourcePolicy }),
      limitations: ({ policyDocument }) => conditionLimitations(policyDocument),
      apply: ({ policyName, policyDocument }) => {
        logDelivery.putPolicy(policyName, policyText(policyDocument));
        return { id: policyName, outputs: {} };
      },
      remove: ({ id }) => logDelivery.deletePolicy(id),
    }),
  ),
];

function logGroup(logs: LogGroups, { region, account }: AwsEnvironment) {
  return replacedWhen(
    ["name"],
    defineResource({
      type: "aws:cloudwatch/logGroup:LogGroup",
      inputs: logGroupInputs,
      apply: (inputs, context) => {
        const name = nameOf(inputs.name, context);
        const { retentionInDays, kmsKeyId } = inputs;
        logs.createGroup(name, { retentionInDays, kmsKeyId });
        const arn = `arn:aws:logs:${region}:${account}:log-group:${name}`;
        return { id: name, outputs: { arn, name } };
      },
      remove: ({ id, outputs }) => {
        if (outputs["deletionProtectionEnabled"] === true) {
          throw new Error(`The log group ${id} has deletion protection.`);
        }
        if (outputs["skipDestroy"] !== true) logs.deleteGroup(id);
      },
    }),
  );
}
