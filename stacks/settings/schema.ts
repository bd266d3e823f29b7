/** What a stage's settings are, and which values they may have. */
import * as z from "zod";

/** WAF takes every IPv4 range but /0 (documented). */
const network = z.cidrv4().refine((cidr) => !cidr.endsWith("/0"), {
  error: "must be narrower than /0",
});

const exactHttpsOrigin = z.string().refine(isExactHttpsOrigin, {
  error: "must be one exact https origin, such as https://app.example.com",
});

const callbackUrl = z.url().refine(isHttpsOrOwnMachine, {
  error: "must be an https address, or http on localhost",
});

/** The settings of one stage; an unknown setting is refused by name. */
export const stageSettingsSchema = z
  .strictObject({
    /** The AWS region that everything is in. */
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: "must be an AWS region" }),
    /** What `sst remove` does with what holds data: buckets and tables. */
    removal: z.enum(["remove", "retain"]),
    /** Whether `sst remove` is refused. */
    protect: z.boolean(),
    /** Whether user pools refuse to be deleted. */
    deletionProtection: z.boolean(),
    /** Whether administrators alone create users; otherwise people sign up by themselves. */
    adminCreatesUsers: z.boolean(),
    /** Whether signing in takes a time-based one-time password as well. */
    mfa: z.enum(["off", "optional", "required"]),
    /** Where the hosted login page may send a signed-in user. */
    callbackUrls: z.array(callbackUrl).min(1).readonly(),
    /** The one web origin whose pages may call the API from a browser; none unless set. */
    corsOrigin: exactHttpsOrigin.optional(),
    /** Whether callers need an API key besides their token: for metering, never instead of it. */
    apiKeys: z.boolean(),
    /** Requests per second that each method admits in the long run, and how many at once. */
    throttle: z
      .strictObject({ rateLimit: z.number().positive(), burstLimit: z.int().min(1) })
      .readonly(),
    /** How many of each function run at the same time at most; the account reserves as many. */
    concurrency: z
      .strictObject({ externalLambda: z.int().min(1), internalLambda: z.int().min(1) })
      .readonly(),
    firewall: z
      .strictObject({
        /** `block` refuses what a rule matches; `count` lets it pass and counts it. */
        mode: z.enum(["count", "block"]),
        /** IPv4 networks (CIDR) whose requests are counted, and nothing else. */
        countedNetworks: z.array(network).readonly(),
        /** The only IPv4 networks (CIDR) that may call; everybody where it is empty. */
        allowedNetworks: z.array(network).readonly(),
        /** Requests that one address may make in five minutes; WAF's minimum is 10 (documented). */
        requestsPerAddress: z.int().min(10).max(2_000_000_000),
      })
      .readonly(),
    /**
     * The shell command of the Node that makes ExternalLambda's code cache; none is shipped unless
     * set. A cache is of use to that very Node alone (docs/operations.md).
     */
    codeCache: z.string().trim().min(1).optional(),
    /** How long every log group keeps its lines. */
    logRetention: z.enum(["1 week", "1 month", "1 year"]),
    /** Who is told of alarms; without it alarms stand in CloudWatch alone. */
    alarmEmail: z.email().optional(),
    /** Days in which a deleted secret can be restored: 7 to 30, or 0 to delete it at once. */
    secretRecoveryDays: z.union([z.literal(0), z.int().min(7).max(30)]),
    /** Days between asking to delete a key and its end: 7 to 30 (documented). */
    keyDeletionDays: z.int().min(7).max(30),
  })
  .readonly();

/** The settings of one stage. */
export type StageSettings = z.infer<typeof stageSettingsSchema>;

function isExactHttpsOrigin(text: string): boolean {
  if (!URL.canParse(text) || text.includes("*")) return false;
  const { protocol, origin } = new URL(text);
  return protocol === "https:" && origin === text;
}

function isHttpsOrOwnMachine(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && hostname === "localhost");
}
