/** Controls of the Serverless Lens, OWASP's API risks and ASVS that are of no single service. */
import type { Control } from "./control.ts";

/** By number. */
export const frameworkControls: readonly Control[] = [
  {
    number: 108,
    area: "Lens, OWASP, ASVS",
    control:
      "SEC1 access to the API is controlled: endpoint type and mechanism [Req], authn/authz [Good]",
    ids: "Serverless Lens SEC1",
    decision: "met",
    held: { "methods-need-a-token": ["the authorizers", "an authorizer's audience"] },
  },
  {
    number: 109,
    area: "Lens, OWASP, ASVS",
    control: "SEC1 access is scoped by identity metadata [Best]",
    ids: "Serverless Lens SEC1",
    decision: "excepted",
    reason: "A user pool for each route is the design: who is in a pool may call its route.",
    held: {
      "methods-need-a-token": [
        "an authorizer's user pool",
        "a route's user pool, for that of another route",
      ],
    },
  },
  {
    number: 110,
    area: "Lens, OWASP, ASVS",
    control: "SEC2 boundaries: temporary credentials [Req], small functions [Best]",
    ids: "Serverless Lens SEC2",
    decision: "met",
    held: {
      "functions-have-roles-of-their-own": ["a function's own role"],
      "no-broad-managed-policies": ["the narrow policies of a role"],
    },
  },
  {
    number: 111,
    area: "Lens, OWASP, ASVS",
    control: "SEC2 network traffic controlled at all layers [Good]",
    ids: "Serverless Lens SEC2",
    decision: "excepted",
    reason:
      "The firewall, the throttle and the policies of resources; no VPC, for the reason of control 47.",
    held: { "stages-are-behind-a-firewall": ["the firewall's association"] },
  },
  {
    number: 112,
    area: "Lens, OWASP, ASVS",
    control: "SEC3 secrets stored safely [Req]; inbound events validated [Best]",
    ids: "Serverless Lens SEC3",
    decision: "met",
    held: {
      "encrypted-at-rest": ["the secret's key, for one from outside"],
      "requests-are-validated": ["a method's model"],
    },
  },
  {
    number: 113,
    area: "Lens, OWASP, ASVS",
    control: "Inputs are fuzzed",
    ids: "Serverless Lens SEC3; ASVS; Schemathesis/RESTler practice",
    decision: "shown",
    reason: "Property-based tests of names, tokens, bodies and events.",
    shownBy: [
      "tests/core/domain/name-properties.test.ts",
      "tests/functions/odd-claims.test.ts",
      "tests/functions/odd-events.test.ts",
      "tests/stacks/request-model.test.ts",
    ],
  },
  {
    number: 114,
    area: "Lens, OWASP, ASVS",
    control: "API1, API3, API7, API8, API9, API10",
    ids: "OWASP API Security Top 10 2023",
    decision: "shown",
    reason: "Each with its controls and tests in docs/security.md.",
    shownBy: ["tests/e2e/matrix.test.ts", "tests/e2e/input.test.ts", "tests/e2e/openapi.test.ts"],
    held: { "requests-are-validated": ["a method's model"] },
  },
  {
    number: 115,
    area: "Lens, OWASP, ASVS",
    control: "API4/API6: limits per user, not only per address and method",
    ids: "OWASP API4, API6; ASVS 2.1.3, 2.4.1",
    decision: "met",
    held: {
      "tokens-are-limited": ["the limit of a token", "the limit of a token, by another header"],
    },
  },
  {
    number: 116,
    area: "Lens, OWASP, ASVS",
    control: "Threat model and incident play-books",
    ids: "WA Security Pillar SEC01-BP07, SEC10",
    decision: "shown",
    reason: "docs/threat-model.md by data flow, docs/incidents.md with five play-books.",
    shownBy: ["tests/texts/threat-model.test.ts"],
  },
  {
    number: 117,
    area: "Lens, OWASP, ASVS",
    control: "Pipeline deploys through separate accounts, with approvals",
    ids: "WA SEC01-BP01, SEC11; Lens OPS",
    decision: "shown",
    reason:
      "An OIDC role and an environment with approval for protected stages in .github/workflows/deploy.yml. Accounts are the owner's to separate.",
    shownBy: ["tests/texts/workflows.test.ts"],
  },
];
