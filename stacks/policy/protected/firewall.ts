/** Rules about the firewall of protected stages. */
import * as z from "zod";
import { managedGroups } from "../../settings/schema.ts";
import { actingOf, webAclSchema, withoutGroups, type FirewallRule } from "../firewall.ts";
import { ruleFor, unless } from "../graph.ts";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

const firewallHasEveryGroup = ruleFor(
  "firewall-has-every-managed-group",
  WEB_ACL,
  webAclSchema,
  ({ rules }) => withoutGroups(rules, managedGroups),
);

type RateLimit = NonNullable<FirewallRule["statement"]["rateBasedStatement"]>;

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
        }),
      }),
      z.object({
        sizeConstraintStatement: z.object({
          fieldToMatch: z.strictObject({
            singleHeader: z.strictObject({ name: z.literal("x-amzn-cognito-client-id") }),
          }),
          comparisonOperator: z.literal("GT"),
          size: z.literal(0),
        }),
      }),
    ]),
  }),
});

const signInsAreLimited = ruleFor("sign-ins-are-limited", WEB_ACL, webAclSchema, ({ rules }) =>
  unless(
    limitsOf(rules).some(
      ({ aggregateKeyType, scopeDownStatement }) =>
        aggregateKeyType === "IP" && sentToCognito.safeParse(scopeDownStatement).success,
    ),
    "must limit what an IP address sends to user pools: set firewall.signInsPerAddress",
  ),
);

const byToken = z.tuple([
  z.strictObject({ header: z.object({ name: z.string().regex(/^authorization$/i) }) }),
]);

const tokensAreLimited = ruleFor("tokens-are-limited", WEB_ACL, webAclSchema, ({ rules }) =>
  unless(
    limitsOf(rules).some(
      ({ aggregateKeyType, customKeys, scopeDownStatement }) =>
        aggregateKeyType === "CUSTOM_KEYS" &&
        scopeDownStatement === undefined &&
        byToken.safeParse(customKeys).success,
    ),
    "must limit what is sent with one token: set firewall.requestsPerToken",
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
