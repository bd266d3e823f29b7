/** aws:iam: roles. Their policies are kept in the graph; nothing enforces them yet. */
import { randomBytes } from "node:crypto";
import * as z from "zod";
import { defineResource } from "../deployment/resource-type.ts";
import { physicalName } from "./physical-name.ts";
import type { Services } from "./services.ts";

export const iamResources = ({ account }: Services) => [
  defineResource({
    type: "aws:iam/role:Role",
    inputs: z.strictObject({
      name: z.string().optional(),
      assumeRolePolicy: z.union([z.string(), z.record(z.string(), z.unknown())]),
      managedPolicyArns: z.array(z.string()).optional(),
      inlinePolicies: z
        .array(z.object({ name: z.string().optional(), policy: z.string() }))
        .optional(),
    }),
    notices: () => ["Roles: what a function may do is kept in the graph, but not checked."],
    apply: (inputs, { name: logicalName, previous }) => {
      const name = inputs.name ?? previous?.id ?? physicalName(logicalName);
      const uniqueId =
        previous?.outputs["uniqueId"] ?? `AROA${randomBytes(8).toString("hex").toUpperCase()}`;
      return { id: name, outputs: { name, uniqueId, arn: `arn:aws:iam::${account}:role/${name}` } };
    },
  }),
];
