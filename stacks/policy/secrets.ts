/** Rules about secrets: none where they can be read without a grant of their own. */
import * as z from "zod";
import { functionWithVariables } from "./code.ts";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";

const stagesHaveNoVariables = ruleFor(
  "stages-have-no-variables",
  "aws:apigateway/stage:Stage",
  z.object({
    variables: z.record(z.string(), z.string()).default({}),
    canarySettings: z.unknown().optional(),
  }),
  ({ variables, canarySettings }) => [
    ...Object.keys(variables).map(
      (name) => `must not have the stage variable ${name}: it is no secret`,
    ),
    ...unless(canarySettings === undefined, "must have no canary, whose variables are others"),
  ],
);

/** The key of `resource.enc`, which SST puts into every function; it opens nothing without a linked secret. */
const keyOfSst = "SST_KEY";

const namesSecret = /(?:SECRET|PASSWORD|TOKEN|KEY|CREDENTIAL)S?$/i;

/** Identifiers of access keys (documented: IAM/reference_identifiers), and private keys in PEM. */
const holdsSecret = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

const environmentsHoldNoSecret = ruleFor(
  "functions-hold-no-secret",
  "aws:lambda/function:Function",
  functionWithVariables,
  ({ environment }) =>
    Object.entries(environment?.variables ?? {})
      .filter(([name]) => name !== keyOfSst)
      .filter(([name, value]) => namesSecret.test(name) || holdsSecret.test(value))
      .map(([name]) => `must not have a secret in its environment: ${name}`),
);

const noLinkedSecrets = ruleFor("functions-hold-no-secret", "sst:sst:Secret", z.unknown(), () => [
  "must not be a secret of SST: the key that opens it is in the environment of functions",
]);

const secretsAreNotPublic = ruleFor(
  "secrets-are-not-public",
  "aws:secretsmanager/secret:Secret",
  z.unknown(),
  (_, graph, { outputs }) =>
    unless(
      blocksPublicPolicies(graph, outputs["arn"]),
      "must have a policy that Secrets Manager refuses if it is public (blockPublicPolicy)",
    ),
);

const blocksPublicPolicies = (graph: Graph, secretArn: unknown) =>
  allOf(graph, "aws:secretsmanager/secretPolicy:SecretPolicy").some(
    ({ inputs }) => inputs["secretArn"] === secretArn && inputs["blockPublicPolicy"] === true,
  );

/** Every rule about secrets. */
export const secretRules = [
  stagesHaveNoVariables,
  environmentsHoldNoSecret,
  noLinkedSecrets,
  secretsAreNotPublic,
];
