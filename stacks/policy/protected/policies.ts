/** Rules about the policies of protected stages: whom and what they name, and what they allow. */
import {
  allOf,
  created,
  type Finding,
  type Graph,
  type GraphResource,
  type Rule,
} from "../graph.ts";
import { documents } from "../principals.ts";
import { executionLog, logDelivery } from "../services.ts";
import { attachedPolicies, type PolicyStatement, readStatements } from "../statements.ts";
import { admittedActions, admittedArns, isAdmitted } from "./admitted.ts";

/** The account itself, as a principal. */
const account = /^arn:[^:]+:iam::\d{12}:root$/;

/** Who else is of the account, such as an administrator or another stage, is none of the app's. */
const policiesNameThisApp: Rule<"policies-name-this-app"> = {
  name: "policies-name-this-app",
  check(graph) {
    // A component, or the stack, can call anything its ARN.
    const own = created(graph)
      .filter(({ id }) => id !== "")
      .flatMap(({ outputs }) =>
        [outputs["arn"], outputs["executionArn"]].filter((arn) => typeof arn === "string"),
      );
    const isKnown = (arn: string) =>
      [account, logDelivery, executionLog].some((pattern) => pattern.test(arn)) ||
      own.some((one) => arn === one || arn.startsWith(`${one}:`) || arn.startsWith(`${one}/`)) ||
      isAdmitted(admittedArns, withoutPlace(arn));
    return namedIn(graph)
      .filter(({ arn }) => !isKnown(arn))
      .map(({ resource, arn }) => ({
        resource,
        message: `names ${arn}, which is no resource of this app: admit it in stacks/policy/protected/admitted.ts, with the reason`,
      }));
  },
};

/** Each ARN in a policy, whatever for, and in a permission to invoke a function. */
const namedIn = (graph: Graph) => [
  ...documents(graph).flatMap(({ resource, policy }) =>
    arnsIn(readStatements(policy)).map((arn) => ({ resource: resource.name, arn })),
  ),
  ...allOf(graph, "aws:lambda/permission:Permission").flatMap(({ name, inputs }) =>
    arnsIn(inputs["sourceArn"]).map((arn) => ({ resource: name, arn })),
  ),
];

/** Such as `sqs:orders`: Region and account are the stage's. */
function withoutPlace(arn: string): string {
  const [, , service, , , ...resource] = arn.split(":");
  return [service, ...resource].join(":");
}

function arnsIn(value: unknown): string[] {
  if (typeof value === "string") return value.startsWith("arn:") ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(arnsIn) : [];
}

/**
 * What functions and services do with data. What changes a resource or an identity could undo at run time
 * what the rules have seen.
 */
const known = new Set(
  `kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext
  kms:ReEncryptFrom kms:ReEncryptTo
  logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents
  secretsmanager:GetSecretValue sns:Publish sqs:SendMessage
  xray:PutTelemetryRecords xray:PutTraceSegments`.split(/\s+/),
);

/** What services do with roles of their own. A stranger's resource that is given such a role gets no data by it. */
const ofServices = new Set(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]);

/** The actions that a resource's policies may allow. */
const knownOf = (graph: Graph, { type, outputs }: GraphResource) =>
  type !== "aws:iam/role:Role" ||
  allOf(graph, "aws:lambda/function:Function").some(
    ({ inputs }) => inputs["role"] === outputs["arn"],
  )
    ? known
    : ofServices;

/** What a policy lets the account do, the policies of its roles decide. */
const isForAccount = ({ Principal }: PolicyStatement) =>
  typeof Principal === "object" &&
  Object.values(Principal)
    .flat()
    .every((principal) => account.test(principal));

const actionsAreKnown: Rule<"actions-are-known"> = {
  name: "actions-are-known",
  check: (graph) =>
    attachedPolicies(graph).flatMap(({ resource, policy }): Finding[] =>
      (readStatements(policy) ?? [])
        .filter((statement) => statement.Effect === "Allow" && !isForAccount(statement))
        .flatMap(({ Action = [] }) => Action)
        .filter(
          (action) => !knownOf(graph, resource).has(action) && !isAdmitted(admittedActions, action),
        )
        .map((action) => ({
          resource: resource.name,
          message: `allows ${action}, which this app does not need: admit it in stacks/policy/protected/admitted.ts, with the reason`,
        })),
    ),
};

/** Every rule about the policies of protected stages. */
export const protectedPolicyRules = [policiesNameThisApp, actionsAreKnown];
