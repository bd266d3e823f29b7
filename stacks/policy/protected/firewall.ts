/** Rules about the firewall of protected stages. */
import * as z from "zod";
import { managedGroups } from "../../settings/schema.ts";
import {
  actingOf,
  type FirewallRule,
  type RateLimit,
  rateOf,
  throttleOf,
  webAclSchema,
  withoutGroups,
} from "../firewall.ts";
import { ruleFor, unless } from "../graph.ts";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

const firewallHasEveryGroup = ruleFor(
  "firewall-has-every-managed-group",
  WEB_ACL,
  webAclSchema,
  ({ rules }) => withoutGroups(rules, managedGroups),
);

/** The rate-based rules that act. */
const limitsOf = (rules: readonly FirewallRule[]): readonly RateLimit[] =>
  actingOf(rules).flatMap(({ statement }) => statement.rateBasedStatement ?? []);

/** Everything that is sent to a user pool: Cognito sets this header (COGNITO/user-pool-waf). */
const sentToCognito = z.strictObject({
  andStatement: z.strictObject({
    statements: z.tuple([
      z.object({
        byteMatchStatement: z.object({
          fieldToMatch: z.strictObject({ method: z.unknown() }),
          positionalConstraint: z.literal("EXACTLY"),
          searchString: z.literal("POST"),
          textTransformations: z.array(z.object({ type: z.enum(["NONE", "UPPERCASE"]) })),
        }),
      }),
      z.object({
        sizeConstraintStatement: z.object({
          fieldToMatch: z.strictObject({
            singleHeader: z.strictObject({ name: z.literal("x-amzn-cognito-client-id") }),
          }),
          comparisonOperator: z.literal("GT"),
          size: z.literal(0),
          textTransformations: z.tuple([z.object({ type: z.literal("NONE") })]),
        }),
      }),
    ]),
  }),
});

const signInsAreLimited = ruleFor("sign-ins-are-limited", WEB_ACL, webAclSchema, ({ rules }) =>
  unless(
    limitsOf(rules).some(
      (limit) =>
        limit.aggregateKeyType === "IP" &&
        sentToCognito.safeParse(limit.scopeDownStatement).success &&
        rateOf(limit) < rateOfAddress(rules),
    ),
    "must limit what an IP address sends to user pools, below its other limit: set firewall.signInsPerAddress",
  ),
);

/** What all of an address is limited to. */
const rateOfAddress = (rules: readonly FirewallRule[]): number =>
  Math.max(
    ...limitsOf(rules)
      .filter(
        ({ aggregateKeyType, scopeDownStatement }) =>
          aggregateKeyType === "IP" && scopeDownStatement === undefined,
      )
      .map(rateOf),
  );

/** In one form: else a token would have a limit for each way to write it. */
const byToken = z.tuple([
  z.strictObject({
    header: z.object({
      name: z.string().regex(/^authorization$/i),
      textTransformations: z.tuple([
        z.object({ type: z.literal("LOWERCASE") }),
        z.object({ type: z.literal("COMPRESS_WHITE_SPACE") }),
      ]),
    }),
  }),
]);

const tokensAreLimited = ruleFor("tokens-are-limited", WEB_ACL, webAclSchema, ({ rules }, graph) =>
  unless(
    limitsOf(rules).some(
      (limit) =>
        limit.aggregateKeyType === "CUSTOM_KEYS" &&
        limit.scopeDownStatement === undefined &&
        byToken.safeParse(limit.customKeys).success &&
        rateOf(limit) < throttleOf(graph),
    ),
    "must limit what is sent with one token, below the throttle of a method: set firewall.requestsPerToken",
  ),
);

/** Every rule about the firewall of protected stages, but that it blocks. */
export const protectedFirewallRules = [firewallHasEveryGroup, signInsAreLimited, tokensAreLimited];

/** Left out where the stage sets `firewall.mode: "trial"`. */
export const firewallBlocks = ruleFor("firewall-blocks", WEB_ACL, webAclSchema, ({ rules }) =>
  // Where one group blocks, the other rules must (`firewall-has-its-rules` and others).
  unless(
    rules.some(({ overrideAction }) => overrideAction.none !== undefined),
    'must block: set firewall.mode to "block", or to "trial" while you look at what it counts',
  ),
);
