/** Ways past the condition that a grant is for one function, and the rule that detects each. */
import { add, editInput, type Mutation, type MutationRow } from "./mutate.ts";

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ONE_FUNCTION = "grants-are-for-one-function";

/** A policy with one more grant, for the role of ExternalLambda. */
const policyOfRole = (graph: Parameters<Mutation>[0]) => ({
  role: graph.find(({ name }) => name === "ExternalLambdaRole")?.inputs["name"],
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "sns:Publish", Resource: "arn:aws:sns:::other" },
  }),
});

export const grantMutations: readonly MutationRow[] = [
  ...["x-other", "/aws/lambda/other"].map(
    (group) =>
      [
        `the log of a function as the only one that it writes, for ${group}`,
        editInput(
          ROLE,
          "inlinePolicies",
          (text) => text.replace(/log-group:[^":]*/, `log-group:${group}`),
          "ExternalLambdaRole",
        ),
        ONE_FUNCTION,
      ] as const,
  ),
  [
    "the condition of a grant, by what else the role may do with dead letters",
    editInput(
      ROLE,
      "inlinePolicies",
      (text) => text.replace("sqs:SendMessage", "sqs:SetQueueAttributes"),
      "InternalLambdaRole",
    ),
    ONE_FUNCTION,
  ],
  [
    "the condition of a grant, by what else the role may do with a key",
    editInput(
      ROLE,
      "inlinePolicies",
      (text) => text.replace("kms:Decrypt", "kms:CreateGrant"),
      "ExternalLambdaRole",
    ),
    ONE_FUNCTION,
  ],
  [
    "the condition of a grant, by a key of which no rule knows who uses it",
    editInput(
      ROLE,
      "inlinePolicies",
      (text) => text.replace(/:key\/[\w-]+/, ":key/another"),
      "ExternalLambdaRole",
    ),
    ONE_FUNCTION,
  ],
  [
    "the condition of a grant, by a policy of its own",
    (graph) => add(ROLE_POLICY, policyOfRole(graph))(graph),
    ONE_FUNCTION,
  ],
];
