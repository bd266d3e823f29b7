/** Rules about who may do what: everything by name. */
import * as z from "zod";
import { type Rule, ruleFor } from "./graph.ts";
import { attachedPolicies, readStatements, type PolicyStatement } from "./statements.ts";

const KEY = "aws:kms/key:Key";

/** A named log group's streams: their names are not known before they exist. */
const streamsOfOneGroup = /^arn:[^*?]+:logs:[^*?]+:log-group:[^*?]+:\*$/;

/**
 * No statement allows an action or a resource by wildcard, or anybody at all. In the policy of a key
 * the resource `*` is the key itself (documented), and a log group's streams cannot be named.
 */
const noWildcardGrants: Rule = {
  name: "no-wildcard-grants",
  check: (graph) =>
    attachedPolicies(graph).flatMap(({ resource, policy }) => {
      const statements = readStatements(policy);
      const messages = statements
        ?.filter(({ Effect }) => Effect === "Allow")
        .flatMap((statement) => wildcards(statement, resource.type === KEY));
      return (messages ?? ["has a policy that cannot be judged"]).map((message) => ({
        resource: resource.name,
        message,
      }));
    }),
};

function wildcards(statement: PolicyStatement, ofKey: boolean): string[] {
  const { Action = [], Resource = [], Principal = {} } = statement;
  const principals = Principal === "*" ? ["*"] : Object.values(Principal).flat();
  const inverted = ["NotAction", "NotResource", "NotPrincipal"].filter((key) =>
    Object.hasOwn(statement, key),
  );
  return [
    ...inverted.map((key) => `allows by ${key}, which is everything but what it names`),
    ...Action.filter(hasWildcard).map((action) => `allows the actions ${action}`),
    ...Resource.filter((resource) => !isNamed(resource, ofKey)).map(
      (resource) => `allows ${Action.join(", ")} on ${resource}`,
    ),
    ...principals.filter(hasWildcard).map((principal) => `allows the principal ${principal}`),
  ];
}

const isNamed = (resource: string, ofKey: boolean) =>
  !hasWildcard(resource) || streamsOfOneGroup.test(resource) || (ofKey && resource === "*");

const hasWildcard = (text: string) => /[*?]/.test(text);

/** Policies of AWS that a role may have: what they grant cannot be named, or is what API Gateway asks for. */
const allowedManagedPolicies = [
  "AWSXRayDaemonWriteAccess",
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
];

const noBroadManagedPolicies = ruleFor(
  "no-broad-managed-policies",
  "aws:iam/role:Role",
  z.object({ managedPolicyArns: z.array(z.string()).default([]) }),
  ({ managedPolicyArns }) =>
    managedPolicyArns
      .filter((arn) => !allowedManagedPolicies.includes(arn.split(":policy/")[1] ?? ""))
      .map((arn) => `has ${arn}, which grants more than it names`),
);

const noAttachedPolicies = ruleFor(
  "no-broad-managed-policies",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  z.object({ policyArn: z.string() }),
  ({ policyArn }) => [`attaches ${policyArn}: what a role may do belongs in the role`],
);

const rolesTrustServices = ruleFor(
  "roles-trust-services-alone",
  "aws:iam/role:Role",
  z.object({ assumeRolePolicy: z.unknown() }),
  ({ assumeRolePolicy }) => {
    const statements = readStatements(assumeRolePolicy);
    if (statements === undefined) return ["has a trust policy that cannot be judged"];
    return statements
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Principal = "*" }) => (Principal === "*" ? ["*"] : Object.keys(Principal)))
      .filter((kind) => kind !== "Service")
      .map((kind) => `can be assumed by principals of kind ${kind}`);
  },
);

const functionsInvokedByName = ruleFor(
  "functions-are-invoked-by-name",
  "aws:lambda/permission:Permission",
  z.object({ principal: z.string(), sourceArn: z.string().optional() }),
  ({ principal, sourceArn }) => [
    ...(hasWildcard(principal) ? [`lets ${principal} invoke the function`] : []),
    ...(sourceArn === undefined ? ["names no source that may invoke the function"] : []),
    ...(sourceArn !== undefined && hasWildcard(sourceArn)
      ? [`lets ${sourceArn} invoke the function, which is more than one method and path`]
      : []),
  ],
);

const noFunctionUrls = ruleFor(
  "functions-are-invoked-by-name",
  "aws:lambda/functionUrl:FunctionUrl",
  z.unknown(),
  () => ["gives the function an address around the API"],
);

/** Every rule about grants. */
export const grantRules: readonly Rule[] = [
  noWildcardGrants,
  noBroadManagedPolicies,
  noAttachedPolicies,
  rolesTrustServices,
  functionsInvokedByName,
  noFunctionUrls,
];
