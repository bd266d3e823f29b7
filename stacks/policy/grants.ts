/** Rules about permissions: least privilege, every action, resource and principal by name. */
import * as z from "zod";
import { allOf, type Graph, type Rule, ruleFor } from "./graph.ts";
import {
  attachedPolicies,
  hasWildcard,
  readStatements,
  type PolicyStatement,
} from "./statements.ts";

const KEY = "aws:kms/key:Key";
const ROLE = "aws:iam/role:Role";

/** The streams of one log group: their names are not known before they exist. */
const streamsOfOneGroup = /^arn:[^*?]+:logs:[^*?]+:log-group:[^*?]+:\*$/;

/**
 * No statement allows an action, resource or principal by wildcard. Exceptions: in a key policy the
 * resource `*` is the key itself (documented), the streams of a log group cannot be named, and X-Ray has
 * no resources.
 */
const noWildcardGrants: Rule<"no-wildcard-grants"> = {
  name: "no-wildcard-grants",
  check: (graph) =>
    attachedPolicies(graph).flatMap(({ resource, policy }) => {
      const statements = readStatements(policy);
      const messages = statements
        ?.filter(({ Effect }) => Effect === "Allow")
        .flatMap((statement) => wildcards(statement, resource.type === KEY));
      return (messages ?? ["has a policy that cannot be parsed"]).map((message) => ({
        resource: resource.name,
        message,
      }));
    }),
};

function wildcards(statement: PolicyStatement, ofKey: boolean): string[] {
  const { Action = [], Resource = [], Principal = {}, Condition } = statement;
  const principals = [
    ...(Principal === "*" ? ["*"] : Object.values(Principal).flat()),
    ...Object.values(Condition).flatMap((keys) => keys["aws:PrincipalArn"] ?? []),
  ];
  const inverted = ["NotAction", "NotResource", "NotPrincipal"].filter((key) =>
    Object.hasOwn(statement, key),
  );
  return [
    ...inverted.map((key) => `allows by ${key}, which is everything except what it names`),
    ...Action.filter(hasWildcard).map((action) => `allows ${action}, a wildcard action`),
    ...Resource.filter((one) => !isNamed(one, ofKey) && !Action.every(hasNoResource)).map(
      (resource) => `allows ${Action.join(", ")} on ${resource}`,
    ),
    ...principals
      .filter(hasWildcard)
      .map((principal) => `allows ${principal}, a wildcard principal`),
  ];
}

/** What a traced function needs (documented: LAMBDA/services-xray), of any resource or none. */
const hasNoResource = (action: string) =>
  ["xray:PutTraceSegments", "xray:PutTelemetryRecords"].includes(action);

const isNamed = (resource: string, ofKey: boolean) =>
  !hasWildcard(resource) || streamsOfOneGroup.test(resource) || (ofKey && resource === "*");

/** API Gateway requires it, of the role that SST makes for the account; it reads every log. */
const ofApiGateway =
  /^arn:[^:]+:iam::aws:policy\/service-role\/AmazonAPIGatewayPushToCloudWatchLogs$/;

const noBroadManagedPolicies = ruleFor(
  "no-broad-managed-policies",
  ROLE,
  z.object({ managedPolicyArns: z.array(z.string()).default([]), assumeRolePolicy: z.unknown() }),
  ({ managedPolicyArns, assumeRolePolicy }) => {
    const isForApiGateway = (readStatements(assumeRolePolicy) ?? []).every(
      ({ Principal }) =>
        typeof Principal === "object" &&
        Principal["Service"]?.join() === "apigateway.amazonaws.com",
    );
    return managedPolicyArns
      .filter((arn) => !isForApiGateway || !ofApiGateway.test(arn))
      .map((arn) => `has the managed policy ${arn}: permissions belong in its inline policies`);
  },
);

const attachments = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
];

const noAttachedPolicies = attachments.map((type) =>
  ruleFor(
    "no-broad-managed-policies",
    type,
    z.object({ policyArn: z.string().default("policies") }),
    ({ policyArn }) => [`attaches ${policyArn}: permissions belong in the role's inline policies`],
  ),
);

const rolesTrustServices = ruleFor(
  "roles-trust-only-services",
  ROLE,
  z.object({ assumeRolePolicy: z.unknown() }),
  ({ assumeRolePolicy }) => {
    const statements = readStatements(assumeRolePolicy);
    if (statements === undefined) return ["has a trust policy that cannot be parsed"];
    const trusted = statements
      .filter(({ Effect }) => Effect === "Allow")
      .map(({ Principal = "*" }) => (Principal === "*" ? { "*": [] } : Principal));
    const others = trusted.flatMap(Object.keys).filter((kind) => kind !== "Service");
    const services = new Set(trusted.flatMap(({ Service = [] }) => Service));
    return [
      ...others.map((kind) => `can be assumed by principals of type ${kind}`),
      ...(services.size > 1
        ? [`can be assumed by ${[...services].join(" and ")}: a role is for one service`]
        : []),
    ];
  },
);

const functionsInvokedByName = ruleFor(
  "functions-are-invoked-by-name",
  "aws:lambda/permission:Permission",
  z.object({ principal: z.string(), sourceArn: z.string().optional() }),
  ({ principal, sourceArn }, graph) => [
    ...(hasWildcard(principal) ? [`lets ${principal} invoke the function`] : []),
    ...(sourceArn === undefined
      ? ["must name the source that may invoke the function (sourceArn)"]
      : []),
    ...(sourceArn !== undefined && hasWildcard(sourceArn) && !namesOneMethod(sourceArn, graph)
      ? [`lets ${sourceArn} invoke the function, which is more than one method and path`]
      : []),
  ],
);

/**
 * Whether each `*` of an ARN is one parameter of a path that the API has: a method's ARN has no other
 * form (documented: APIGW/api-gateway-control-access-using-iam-policies-to-invoke-api).
 */
function namesOneMethod(sourceArn: string, graph: Graph): boolean {
  const [, stageAndMethod = "*", path] = /^([^/]+\/[^/]+\/[A-Z]+)(\/.+)$/.exec(sourceArn) ?? [];
  const paths = allOf(graph, "aws:apigateway/resource:Resource").map(({ outputs }) =>
    String(outputs["path"]).replaceAll(/\{\w+\}/g, "*"),
  );
  return !hasWildcard(stageAndMethod) && paths.some((known) => known === path);
}

const noFunctionUrls = ruleFor(
  "functions-are-invoked-by-name",
  "aws:lambda/functionUrl:FunctionUrl",
  z.unknown(),
  () => ["gives the function a URL that bypasses the API"],
);

/** Every rule about permissions. */
export const grantRules = [
  noWildcardGrants,
  noBroadManagedPolicies,
  ...noAttachedPolicies,
  rolesTrustServices,
  functionsInvokedByName,
  noFunctionUrls,
];
