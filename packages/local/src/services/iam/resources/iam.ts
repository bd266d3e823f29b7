/** aws:iam: roles, whose policies decide what a function may call. */
import type { Limitation } from "../../../provider/limitations.ts";
import { randomBytes } from "node:crypto";
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { requiredOutput, textOutput } from "../../../provider/outputs.ts";
import { nameOf } from "../../../provider/physical-name.ts";
import { conditionLimitations, policyDocument, policyText } from "./policy-document.ts";
import { always, replacedWhen } from "../../../provider/removal.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { awsManagedPolicies } from "../aws-managed-policies.ts";
import type { Roles } from "../roles.ts";

const path = z.string().regex(/^\/([\w+=,.@-]+\/)*$/, 'expected a path such as "/" or "/team/"');

const roleInputs = z.strictObject({
  name: z.string().optional(),
  path: path.default("/"),
  assumeRolePolicy: policyDocument,
  managedPolicyArns: z.array(z.string()).default([]),
  inlinePolicies: z
    .array(z.strictObject({ name: z.string().optional(), policy: policyDocument.optional() }))
    .default([]),
  permissionsBoundary: z.string().optional(),
});

const policyInputs = z.strictObject({
  name: z.string().optional(),
  path: path.default("/"),
  policy: policyDocument,
});

const rolePolicyInputs = z.strictObject({
  name: z.string().optional(),
  role: z.string(),
  policy: policyDocument,
});

const attachmentInputs = z.strictObject({ role: z.string(), policyArn: z.string() });

/** The resource types of aws:iam. */
export const iamResources = (roles: Roles, environment: AwsEnvironment) => [
  role(roles, environment),
  policy(roles, environment),
  rolePolicy(roles),
  rolePolicyAttachment(roles),
];

function role(roles: Roles, { account }: AwsEnvironment) {
  return replacedWhen(
    ["name"],
    defineResource({
      type: "aws:iam/role:Role",
      inert: ["description", "forceDetachPolicies", "maxSessionDuration"],
      inputs: roleInputs,
      limitations: ({ inlinePolicies, managedPolicyArns, permissionsBoundary }) => [
        ...conditionLimitations(...inlinePolicies.map(({ policy: document }) => document)),
        ...managedPolicyArns.flatMap(managedPolicyLimitations),
        ...(isUnknown(permissionsBoundary)
          ? [
              {
                service: "IAM",
                text: `AWS's own ${nameOfAws(permissionsBoundary)} is unknown and, as a boundary, forbids all`,
              },
            ]
          : []),
      ],
      apply: ({ inlinePolicies, ...inputs }, context) => {
        const name = nameOf(inputs.name, context);
        const arn = `arn:aws:iam::${account}:role${inputs.path}${name}`;
        const own = inlinePolicies.flatMap(({ policy: document }) =>
          document === undefined ? [] : [policyText(document)],
        );
        roles.put({ ...inputs, name, arn, inlinePolicies: own });
        const uniqueId = textOutput(context.previous, "uniqueId") ?? newId("AROA");
        return { id: name, outputs: { name, path: inputs.path, uniqueId, arn } };
      },
      remove: ({ id }) => roles.delete(id),
    }),
  );
}

function policy(roles: Roles, { account }: AwsEnvironment) {
  return replacedWhen(
    ["name", "path"],
    defineResource({
      type: "aws:iam/policy:Policy",
      inert: ["description"],
      inputs: policyInputs,
      limitations: (inputs) => conditionLimitations(inputs.policy),
      apply: (inputs, context) => {
        const name = nameOf(inputs.name, context);
        const arn = `arn:aws:iam::${account}:policy${inputs.path}${name}`;
        roles.putPolicy(arn, policyText(inputs.policy));
        const policyId = textOutput(context.previous, "policyId") ?? newId("ANPA");
        return { id: arn, outputs: { name, path: inputs.path, policyId, arn } };
      },
      remove: ({ id }) => roles.deletePolicy(id),
    }),
  );
}

function rolePolicy(roles: Roles) {
  return replacedWhen(
    ["name", "role"],
    defineResource({
      type: "aws:iam/rolePolicy:RolePolicy",
      inputs: rolePolicyInputs,
      limitations: (inputs) => conditionLimitations(inputs.policy),
      apply: (inputs, context) => {
        const name = nameOf(inputs.name, context);
        roles.attach(inputs.role, name, policyText(inputs.policy));
        return { id: `${inputs.role}:${name}`, outputs: { name } };
      },
      remove: (applied) =>
        roles.detach(requiredOutput(applied, "role"), requiredOutput(applied, "name")),
    }),
  );
}

function rolePolicyAttachment(roles: Roles) {
  return replacedWhen(
    ["role", "policyArn"],
    defineResource({
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      inputs: attachmentInputs,
      limitations: ({ policyArn }) => managedPolicyLimitations(policyArn),
      apply: ({ role: roleName, policyArn }) => {
        roles.attachPolicy(roleName, policyArn);
        return { id: `${roleName}/${policyArn}`, outputs: {} };
      },
      remove: (applied) =>
        roles.detachPolicy(requiredOutput(applied, "role"), requiredOutput(applied, "policyArn")),
    }),
    always,
  );
}

/** Policies of the account itself are evaluated; of AWS's own, those that are known here. */
function managedPolicyLimitations(arn: string): Limitation[] {
  if (!isUnknown(arn)) return [];
  return [{ service: "IAM", text: `AWS's own ${nameOfAws(arn)} is unknown and grants nothing` }];
}

/** `arn:aws:iam::aws:policy/NAME`, maybe with a path before the name. */
const nameOfAws = (policyArn: string) => policyArn.split("/").at(-1) ?? policyArn;

function isUnknown(policyArn: string | undefined): policyArn is string {
  return policyArn?.startsWith("arn:aws:iam::aws:") === true && !awsManagedPolicies.has(policyArn);
}

/** A unique id in the shape of IAM's: a prefix that tells the kind, and random characters. */
function newId(prefix: string): string {
  return `${prefix}${randomBytes(8).toString("hex").toUpperCase()}`;
}
