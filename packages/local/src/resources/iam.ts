/** aws:iam: roles, whose own policies decide what a function may call. */
import { randomBytes } from "node:crypto";
import * as z from "zod";
import { defineResource } from "../deployment/resource-type.ts";
import { physicalName } from "./physical-name.ts";
import type { Services } from "./services.ts";

/** Lets a function write its own logs, which the local cloud does for it. */
const basicExecution =
  /:policy\/service-role\/(AWSLambdaBasicExecutionRole|AmazonAPIGatewayPushToCloudWatchLogs)$/;

export const iamResources = ({ account, roles }: Services) => [
  defineResource({
    type: "aws:iam/role:Role",
    inert: ["description", "maxSessionDuration", "forceDetachPolicies"],
    inputs: z.strictObject({
      name: z.string().optional(),
      assumeRolePolicy: z.union([z.string(), z.record(z.string(), z.unknown())]),
      managedPolicyArns: z.array(z.string()).default([]),
      inlinePolicies: z
        .array(z.strictObject({ name: z.string().optional(), policy: z.string() }))
        .default([]),
    }),
    notices: ({ managedPolicyArns }) =>
      managedPolicyArns
        .filter((arn) => !basicExecution.test(arn))
        .map((arn) => `Managed policy ${arn}: its content is AWS's; it grants nothing here.`),
    apply: ({ inlinePolicies, ...inputs }, { name: logicalName, previous }) => {
      const name = inputs.name ?? previous?.id ?? physicalName(logicalName);
      const arn = `arn:aws:iam::${account}:role/${name}`;
      roles.put({ name, arn, inlinePolicies: inlinePolicies.map(({ policy }) => policy) });
      const uniqueId =
        previous?.outputs["uniqueId"] ?? `AROA${randomBytes(8).toString("hex").toUpperCase()}`;
      return { id: name, outputs: { name, uniqueId, arn } };
    },
    remove: ({ id }) => roles.delete(id),
  }),
];
