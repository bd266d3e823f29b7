/** The rate-based rules: of all requests of an address, of its sign-ins, and of the requests with a token. */
import type { StageSettings } from "../settings/settings.ts";

type RateLimit = Pick<aws.types.input.wafv2.WebAclRule, "name" | "statement">;

/** The evaluation window: five minutes. */
const window = { evaluationWindowSec: 300 };

/** A stage's rate-based rules, each of which is billed. */
export function rateLimits(firewall: StageSettings["firewall"]): RateLimit[] {
  const { requestsPerAddress, signInsPerAddress, requestsPerToken } = firewall;
  return [
    {
      name: "RateLimit",
      statement: {
        rateBasedStatement: { ...window, limit: requestsPerAddress, aggregateKeyType: "IP" },
      },
    },
    ...(signInsPerAddress === undefined
      ? []
      : [
          {
            name: "SignInRateLimit",
            statement: {
              rateBasedStatement: {
                ...window,
                limit: signInsPerAddress,
                aggregateKeyType: "IP",
                scopeDownStatement: sentToCognito,
              },
            },
          },
        ]),
    ...(requestsPerToken === undefined
      ? []
      : [
          {
            name: "TokenRateLimit",
            statement: {
              rateBasedStatement: {
                ...window,
                limit: requestsPerToken,
                aggregateKeyType: "CUSTOM_KEYS",
                customKeys: [{ header: { name: "authorization", textTransformations: oneForm } }],
              },
            },
          },
        ]),
  ];
}

/**
 * A form of the login pages, or an operation of the API: both have this header, which Cognito sets
 * (documented: COGNITO/user-pool-waf).
 */
const sentToCognito = {
  andStatement: {
    statements: [
      {
        byteMatchStatement: {
          fieldToMatch: { method: {} },
          positionalConstraint: "EXACTLY",
          searchString: "POST",
          textTransformations: [{ priority: 0, type: "NONE" }],
        },
      },
      {
        sizeConstraintStatement: {
          fieldToMatch: { singleHeader: { name: "x-amzn-cognito-client-id" } },
          comparisonOperator: "GT",
          size: 0,
          textTransformations: [{ priority: 0, type: "NONE" }],
        },
      },
    ],
  },
};

/** A token counts once, however its scheme is spelled: ExternalLambda takes `Bearer` in any case, with any spaces after it. */
const oneForm = [
  { priority: 0, type: "LOWERCASE" },
  { priority: 1, type: "COMPRESS_WHITE_SPACE" },
];
