/** The settings of a stage and their valid values. */
import * as z from "zod";
import { callbackUrls, email, exactOrigin } from "./addresses.ts";
import { mailFrom, senderRegions } from "./mail-from.ts";
import { networks } from "./networks.ts";
import { regions } from "./regions.ts";

/** API Gateway's bursts are 32-bit integers (its API model); a rate above them has no meaning. */
const LARGEST_RATE = 2_147_483_647;

const region = z.enum(regions, {
  error: ({ input }) =>
    `${String(input)} is not one of ${regions.join(", ")}: in China, GovCloud and other partitions AWS's services have other names, which this app does not build`,
});

/** The managed rule groups of AWS that a firewall can have; AWS updates their rules. */
export const managedGroups = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesCommonRuleSet",
] as const;

/** Requests in five minutes; WAF's limits (documented: WAF/waf-rule-statement-type-rate-based-high-level-settings). */
const rateLimit = z.int().min(10).max(2_000_000_000);

/** An address, or "none", by which a protected stage confirms that it has no address. */
const alarmEmail = z.union([z.literal("none"), email], {
  error: (issue) =>
    issue.code === "invalid_union" ? issue.errors.at(-1)?.[0]?.message : undefined,
});

/** The settings of one stage; an unknown setting is an error that names it. */
export const stageSettingsSchema = z
  .strictObject({
    /** The AWS Region of every resource. */
    region,
    /** Who answers for the stage: the tag `owner` of every resource. It is no secret, nor a person's address. */
    owner: z
      .string()
      .regex(/^[\p{L}\p{N} _.:/=+@-]{1,256}$/u, {
        error:
          "must have up to 256 letters, digits, spaces and _ . : / = + - @, as AWS takes in tags",
      })
      .optional(),
    /** Whether `sst remove` deletes resources that hold data, such as buckets and tables. */
    removal: z.enum(["remove", "retain"]),
    /**
     * Whether the stage is protected: SST refuses `sst remove`, and the rules of protected stages
     * apply (stacks/policy/protected).
     */
    protect: z.boolean(),
    /** Whether Cognito refuses to delete the user pools. */
    deletionProtection: z.boolean(),
    /** Whether only administrators create users; otherwise users can sign up themselves. */
    adminCreatesUsers: z.boolean(),
    /** Multi-factor authentication at sign-in, by time-based one-time password (TOTP). */
    mfa: z.enum(["off", "optional", "required"]),
    /**
     * Whether a sign-in may send Cognito the password itself, as `curl` does; otherwise it proves the
     * password by SRP (Secure Remote Password).
     */
    passwordFlows: z.boolean(),
    /**
     * Cognito's plan. `plus` bills every active user, and has threat protection: it refuses passwords that others
     * know, asks for more at risky sign-ins or blocks them, and logs sign-ins.
     */
    userPoolPlan: z.enum(["essentials", "plus"]),
    /** Whom the user pools' mail comes from; by default Cognito, which sends few a day. */
    mailFrom: mailFrom.optional(),
    /**
     * The web application's URLs, to which the login pages may redirect a signed-in user; without one
     * there are no login pages and no code grant.
     */
    callbackUrls,
    /** The one web origin that CORS allows (default: none). */
    corsOrigin: exactOrigin.optional(),
    /** Whether callers need an API key in addition to the token, for metering by usage plan. */
    apiKeys: z.boolean(),
    /** The throttle of each method: requests per second on average, and the burst. */
    throttle: z
      .strictObject({
        rateLimit: z.number().positive().max(LARGEST_RATE),
        burstLimit: z.int().min(1).max(LARGEST_RATE),
      })
      .readonly(),
    /**
     * The reserved concurrency: of ExternalLambda for each of its routes, and of InternalLambda.
     * Without it they share what the account has not reserved.
     */
    concurrency: z
      .strictObject({ perRoute: z.int().min(1), internalLambda: z.int().min(1) })
      .readonly()
      .optional(),
    /**
     * Whether topic, queue, secret and log groups are encrypted with keys of this stage, whose policies name who
     * uses them, or with keys of AWS.
     */
    customerKeys: z.boolean(),
    firewall: z
      .strictObject({
        /**
         * `block` rejects requests that match a rule; `count` only counts them. So does `trial`, by
         * which a protected stage says that it has yet to see what it would block.
         */
        mode: z.enum(["count", "trial", "block"]),
        managedGroups: z.array(z.enum(managedGroups)).readonly(),
        /** IPv4 networks (CIDR) whose requests are counted and pass. */
        countedNetworks: networks,
        /** The only IPv4 networks (CIDR) that may call; if empty, all may. */
        allowedNetworks: networks,
        /** The rate limit of one IP address in requests per five minutes, of API and user pools. */
        requestsPerAddress: rateLimit,
        /**
         * The same of what one address sends to the user pools: without it, only the limit above
         * holds there. A sign-in is two or three requests: password or proof, code, authorization code.
         */
        signInsPerAddress: rateLimit.optional(),
        /** The same of what is sent with one token, from all addresses; without it there is no such limit. */
        requestsPerToken: rateLimit.optional(),
      })
      .readonly(),
    /** Whether what shortens cold starts is shipped (packages/cold-start). */
    coldStart: z.boolean(),
    /** The retention of every log group. */
    logRetention: z.enum(["1 week", "1 month", "1 year"]),
    /** What CloudWatch watches a stage with, and bills. */
    monitoring: z
      .strictObject({
        alarms: z.boolean(),
        dashboard: z.boolean(),
        /** API Gateway's metrics of each method, beside those of the whole API. */
        methodMetrics: z.boolean(),
      })
      .readonly(),
    /**
     * The e-mail address that alarms notify; without one they are only visible in CloudWatch, which
     * a protected stage has to confirm: "none".
     */
    alarmEmail: alarmEmail.optional(),
    /** The recovery window of a deleted secret in days: 7 to 30, or 0 to delete it at once. */
    secretRecoveryDays: z.union([z.literal(0), z.int().min(7).max(30)]),
    /** The waiting period before a KMS key is deleted, in days: 7 to 30 (documented). */
    keyDeletionDays: z.int().min(7).max(30),
  })
  .readonly()
  .refine(({ alarmEmail: address, monitoring }) => !hasAddress(address) || monitoring.alarms, {
    path: ["alarmEmail"],
    error: "needs monitoring.alarms: no alarm would notify it",
  })
  // Documented: COGNITO/cognito-user-pool-settings-threat-protection, prerequisites.
  .refine(({ userPoolPlan, mfa }) => userPoolPlan === "essentials" || mfa !== "off", {
    path: ["userPoolPlan"],
    error: 'needs mfa "optional" or "required": its answer to a risky sign-in is a second factor',
  })
  .superRefine(({ region: own, mailFrom: sender }, context) => {
    const possible = senderRegions(own);
    if (sender === undefined || possible.includes(sender.region ?? own)) return;
    context.addIssue({
      code: "custom",
      path: ["mailFrom", "region"],
      message: `must be ${possible.join(" or ")}: user pools in ${own} send by SES identities there`,
    });
  })
  // No rule could say it: the graph does not show what `sst remove` does.
  .refine(({ protect, removal }) => !protect || removal === "retain", {
    path: ["removal"],
    error: 'must be "retain" in a protected stage, whose data no removal deletes',
  });

/** Whether alarms notify an address. */
export const hasAddress = (address: string | undefined): address is string =>
  address !== undefined && address !== "none";

/**
 * The settings of the stage with this name. Only stage `local` is called by pages that are served
 * without TLS: on AWS, every program on a user's machine that takes the port would be let in.
 */
export const stageSettingsSchemaOf = (stage: string) =>
  stage === "local"
    ? stageSettingsSchema
    : stageSettingsSchema.refine(({ corsOrigin = "" }) => !corsOrigin.startsWith("http:"), {
        path: ["corsOrigin"],
        error: `must be one exact https origin, such as https://app.example.com: http://localhost is for stage "local" only`,
      });

/** The settings of one stage. */
export type StageSettings = z.infer<typeof stageSettingsSchema>;
