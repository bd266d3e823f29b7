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

/** The key of `resource.enc`, which SST makes and puts into every function; it opens nothing without a linked secret. */
const isKeyOfSst = (graph: Graph, name: string, value: string) =>
  name === "SST_KEY" &&
  allOf(graph, "random:index/randomBytes:RandomBytes").some(
    ({ outputs }) => outputs["base64"] === value,
  );

const namesSecret = /(?:SECRET|PASSWORD|TOKEN|KEY|CREDENTIAL)S?$/i;

/** What is a secret whatever its variable is called. */
const secretForms = [
  // Identifiers of access keys (documented: IAM/reference_identifiers), and what is secret of them.
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /(?<![\w+/=.-])(?=[a-z\d+/]*[A-Z])(?=[A-Z\d+/]*[a-z])(?=[A-Za-z+/]*\d)[A-Za-z\d+/]{40}(?![\w+/=-])/,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  // A JWT: two objects in base64url, and a signature.
  /\beyJ[\w-]+\.eyJ[\w-]+\./,
  // A password in a URL.
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s"/:@]*:[^\s"/@]+@/i,
];

const environmentsHoldNoSecret = ruleFor(
  "functions-hold-no-secret",
  "aws:lambda/function:Function",
  functionWithVariables,
  ({ environment }, graph) =>
    Object.entries(environment?.variables ?? {})
      .filter(([name, value]) => !isKeyOfSst(graph, name, value))
      .flatMap(([name, value]) => [
        ...unless(
          !namesSecret.test(name),
          `must not have a secret in its environment: ${name} (call it otherwise if it is none)`,
        ),
        ...unless(
          !secretForms.some((form) => form.test(value)),
          `must not have a secret in its environment: ${name}, whose value has the form of one`,
        ),
      ]),
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
