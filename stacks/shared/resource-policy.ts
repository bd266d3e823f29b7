/** Resource-based policies. */
import { accountArn } from "./arns.ts";

type Values = $util.Input<string> | readonly $util.Input<string>[];

/** One statement of a policy that is attached to a resource. */
export interface Statement {
  Sid: string;
  Effect: "Allow" | "Deny";
  Principal: "*" | { readonly AWS: Values } | { readonly Service: $util.Input<string> };
  Action: Values;
  Resource: Values;
  Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

/** The policy as JSON. */
export const resourcePolicy = (...statements: readonly Statement[]): $util.Output<string> =>
  $jsonStringify({ Version: "2012-10-17", Statement: statements });

/** Denies a resource's actions over plain HTTP. */
export const denyPlainHttp = (actions: Values, resource: $util.Input<string>): Statement => ({
  Sid: "DenyPlainHttp",
  Effect: "Deny",
  Principal: "*",
  Action: actions,
  Resource: resource,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/**
 * Every action on a topic: SNS rejects `sns:*` in a topic's policy (reported: action out of service
 * scope).
 */
export const topicActions = [
  "sns:AddPermission",
  "sns:DeleteTopic",
  "sns:GetTopicAttributes",
  "sns:ListSubscriptionsByTopic",
  "sns:Publish",
  "sns:RemovePermission",
  "sns:SetTopicAttributes",
  "sns:Subscribe",
];

/**
 * Allows one role of this account. The role is named in a condition: as a principal it would have
 * to exist before the policy, and would no longer match after it was deleted and created again.
 */
export const allowRole = (
  sid: string,
  roleArn: $util.Input<string>,
  grant: Pick<Statement, "Action" | "Resource"> & { via?: $util.Input<string> },
): Statement => ({
  Sid: sid,
  Effect: "Allow",
  Principal: { AWS: accountArn() },
  Action: grant.Action,
  Resource: grant.Resource,
  Condition: {
    ArnEquals: { "aws:PrincipalArn": roleArn },
    ...(grant.via === undefined ? {} : { StringEquals: { "kms:ViaService": grant.via } }),
  },
});

/**
 * Allows a service to act for the named resources only. Their ARNs name the account, which no
 * source says that SNS sends as `aws:SourceAccount`.
 */
export const allowService = (
  sid: string,
  service: string,
  sources: Values,
  grant: Pick<Statement, "Action" | "Resource">,
): Statement => ({
  Sid: sid,
  Effect: "Allow",
  Principal: { Service: service },
  ...grant,
  Condition: { ArnEquals: { "aws:SourceArn": sources } },
});
