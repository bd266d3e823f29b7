/** aws:cloudwatch: log groups. */
import * as z from "zod";
import { defineResource } from "../deployment/resource-type.ts";
import type { Services } from "./services.ts";

export const cloudwatchResources = ({ logs, region, account }: Services) => [
  defineResource({
    type: "aws:cloudwatch/logGroup:LogGroup",
    inputs: z.strictObject({ name: z.string(), retentionInDays: z.number().optional() }),
    apply: ({ name, retentionInDays }) => {
      logs.createGroup(name, retentionInDays === undefined ? {} : { retentionInDays });
      return { id: name, outputs: { arn: `arn:aws:logs:${region}:${account}:log-group:${name}` } };
    },
    remove: ({ id }) => logs.deleteGroup(id),
  }),
];
