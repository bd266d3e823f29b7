/** Rules about user pools of Cognito's Plus plan: they have what it is paid for. */
import * as z from "zod";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";

const POOL = "aws:cognito/userPool:UserPool";
const RISKS = "aws:cognito/riskConfiguration:RiskConfiguration";
const LOGGING = "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

const poolSchema = z.object({
  userPoolTier: z.string().optional(),
  userPoolAddOns: z
    .object({
      advancedSecurityMode: z.string(),
      advancedSecurityAdditionalFlows: z.object({ customAuthMode: z.string() }).optional(),
    })
    .optional(),
});

const isPlus = ({ userPoolTier }: z.infer<typeof poolSchema>) => userPoolTier === "PLUS";

const threatProtectionIsEnforced = ruleFor(
  "threat-protection-is-enforced",
  POOL,
  poolSchema,
  (pool) => {
    if (!isPlus(pool)) return [];
    const { userPoolAddOns: addOns } = pool;
    return [
      ...unless(addOns?.advancedSecurityMode === "ENFORCED", "must enforce threat protection"),
      ...unless(
        addOns?.advancedSecurityAdditionalFlows?.customAuthMode === "ENFORCED",
        "must enforce threat protection of custom sign-ins too",
      ),
    ];
  },
);

const ofPool = z.object({ userPoolId: z.string(), clientId: z.string().optional() });

const hasOwn = (graph: Graph, type: string, pool: string) =>
  allOf(graph, type)
    .flatMap(({ inputs }) => ofPool.safeParse(inputs).data ?? [])
    .some(({ userPoolId, clientId }) => userPoolId === pool && clientId === undefined);

const poolsKnowRisks = ruleFor("risks-are-answered", POOL, poolSchema, (pool, graph, { id }) =>
  unless(!isPlus(pool) || hasOwn(graph, RISKS, id), "must have a risk configuration"),
);

/** A configuration of a client holds in place of the pool's, and has no effect without the plan. */
const risksAreOfPlus = ruleFor("risks-are-answered", RISKS, ofPool, ({ userPoolId }, graph) =>
  unless(
    allOf(graph, POOL).some(({ id, inputs }) => {
      const { data } = poolSchema.safeParse(inputs);
      return id === userPoolId && data !== undefined && isPlus(data);
    }),
    "must be of a user pool of this app with the Plus plan",
  ),
);

const events = ["SIGN_IN", "SIGN_UP", "PASSWORD_CHANGE"];

const compromisedPasswordsAreRefused = ruleFor(
  "compromised-passwords-are-refused",
  RISKS,
  z.object({
    compromisedCredentialsRiskConfiguration: z
      .object({
        actions: z.object({ eventAction: z.string() }),
        eventFilters: z.array(z.string()).default(events),
      })
      .optional(),
  }),
  ({ compromisedCredentialsRiskConfiguration: passwords }) =>
    unless(
      passwords?.actions.eventAction === "BLOCK" &&
        events.every((event) => passwords.eventFilters.includes(event)),
      "must block passwords that others know, at sign-in, sign-up and change",
    ),
);

const action = z.object({ eventAction: z.string() }).optional();

const riskySignInsAreBlocked = ruleFor(
  "risky-sign-ins-are-blocked",
  RISKS,
  z.object({
    accountTakeoverRiskConfiguration: z
      .object({
        actions: z.object({ lowAction: action, mediumAction: action, highAction: action }),
      })
      .optional(),
    riskExceptionConfiguration: z
      .object({ skippedIpRangeLists: z.array(z.string()).default([]) })
      .optional(),
  }),
  ({ accountTakeoverRiskConfiguration: takeover, riskExceptionConfiguration: exceptions }) => [
    ...unless(
      takeover?.actions.highAction?.eventAction === "BLOCK",
      "must block sign-ins of high risk",
    ),
    ...unless(
      ["BLOCK", "MFA_REQUIRED"].includes(takeover?.actions.mediumAction?.eventAction ?? ""),
      "must require a second factor at a medium risk",
    ),
    ...unless(
      ["BLOCK", "MFA_REQUIRED", "MFA_IF_CONFIGURED"].includes(
        takeover?.actions.lowAction?.eventAction ?? "",
      ),
      "must ask users who have a second factor for it at a low risk",
    ),
    ...unless(
      (exceptions?.skippedIpRangeLists ?? []).length === 0,
      "must except no addresses from the assessment of risks",
    ),
  ],
);

/** Risks would be assessed by what a caller says (COGNITO/cognito-user-pool-settings-adaptive-authentication). */
const callersAreSeen = ruleFor(
  "risky-sign-ins-are-blocked",
  "aws:cognito/userPoolClient:UserPoolClient",
  z.object({ enablePropagateAdditionalUserContextData: z.boolean().default(false) }),
  ({ enablePropagateAdditionalUserContextData: propagates }) =>
    unless(!propagates, "must not let callers name the address that they sign in from"),
);

const logging = z.object({
  userPoolId: z.string(),
  logConfigurations: z.array(
    z.object({
      eventSource: z.string(),
      logLevel: z.string(),
      cloudWatchLogsConfiguration: z.object({ logGroupArn: z.string() }).optional(),
    }),
  ),
});

const loggingOf = (graph: Graph, pool?: string) =>
  allOf(graph, LOGGING)
    .flatMap(({ inputs }) => logging.safeParse(inputs).data ?? [])
    .filter(({ userPoolId }) => pool === undefined || userPoolId === pool);

/** The groups to which the activity of a pool's users is delivered, by ARN. */
const deliveredTo = (graph: Graph, pool?: string): (string | undefined)[] =>
  loggingOf(graph, pool)
    .flatMap(({ logConfigurations }) => logConfigurations)
    .filter(({ eventSource, logLevel }) => eventSource === "userAuthEvents" && logLevel === "INFO")
    .map(({ cloudWatchLogsConfiguration: to }) => to?.logGroupArn);

/** Others that write to a log group: those that name it, and those for whom its name says so. */
const writers = [
  "aws:lambda/function:Function",
  "aws:apigateway/stage:Stage",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
];
const writtenByName = /^(?:sns\/|API-Gateway-Execution-Logs_|\/aws\/lambda\/)/;

/**
 * Whether only Cognito delivers to a log group: it does to none with a key (documented: CloudFormation's
 * CloudWatchLogsConfiguration).
 */
export function takesNoKey(graph: Graph, arn: unknown): boolean {
  const [, name = ""] = String(arn).split(":log-group:");
  return (
    deliveredTo(graph).some((group) => group !== undefined && group === arn) &&
    !writtenByName.test(name) &&
    writers
      .flatMap((type) => allOf(graph, type))
      .every(({ inputs }) => !JSON.stringify(inputs).includes(name))
  );
}

const signInsAreLogged = ruleFor("sign-ins-are-logged", POOL, poolSchema, (pool, graph, { id }) =>
  unless(
    !isPlus(pool) ||
      // Of several the pool has the one that was set last.
      (loggingOf(graph, id).length === 1 &&
        deliveredTo(graph, id).some((arn) =>
          allOf(graph, LOG_GROUP).some(
            ({ inputs, outputs }) =>
              arn !== undefined && outputs["arn"] === arn && inputs["kmsKeyId"] === undefined,
          ),
        )),
    "must log sign-ins to a log group of this app without a key, which Cognito does not take",
  ),
);

/** Every rule about threat protection. */
export const threatProtectionRules = [
  threatProtectionIsEnforced,
  poolsKnowRisks,
  risksAreOfPlus,
  compromisedPasswordsAreRefused,
  riskySignInsAreBlocked,
  callersAreSeen,
  signInsAreLogged,
];
