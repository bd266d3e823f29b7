/** Limits of functions, of roles and of the objects that hold code. */
import * as z from "zod";
import { bytes, inputs, part, text, whole, type Limits } from "./checks.ts";

/**
 * Lambda takes 4 kB, measured as JSON (documented: LAMBDA/configuration-envvars). A quarter stays
 * free: on AWS each user pool has a second public key, 480 bytes in USER_POOLS, which the local
 * cloud's has not.
 */
const variables = bytes(3_072, "of Lambda's 4096, since user pools have a second key on AWS").pipe(
  z.record(text(256, /^[a-zA-Z]\w+$/), z.string()),
);

const logGroup = text(512, /^[\w./#-]+$/);

/** IAM counts the characters of all inline policies but for spaces (documented: IAM/reference_iam-quotas). */
const inlinePolicies = z
  .array(z.looseObject({ name: text(128, /^[\w+=,.@-]+$/).optional(), policy: z.string() }))
  .refine((all) => all.flatMap(({ policy }) => policy.match(/\S/g) ?? []).length <= 10_240, {
    error: "must have at most 10240 characters in all",
  });

/** By type. */
export const compute: Limits = {
  /** Timeout, memory, layers: LAMBDA/gettingstarted-limits. */
  "aws:lambda/function:Function": inputs({
    name: text(64, /^[\w-]+$/),
    description: z.string().max(256),
    handler: text(128, /^\S+$/),
    timeout: whole(1, 900),
    memorySize: whole(128, 10_240),
    reservedConcurrentExecutions: z.int().min(0),
    architectures: z.array(z.enum(["x86_64", "arm64"])).length(1),
    ephemeralStorage: part({ size: whole(512, 10_240) }),
    environment: part({ variables }),
    layers: z.array(z.string()).max(5),
    loggingConfig: part({ logGroup }),
  }),
  "aws:lambda/permission:Permission": inputs({
    statementId: text(100, /^[\w-]+$/),
    action: z.string().regex(/^lambda:(?:\*|[a-zA-Z]+)$/),
    principal: text(256),
    sourceArn: text(1_024),
    sourceAccount: z.string().regex(/^\d{12}$/),
  }),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": inputs({
    maximumRetryAttempts: whole(0, 2),
    maximumEventAgeInSeconds: whole(60, 21_600),
    destinationConfig: part({
      onFailure: part({ destination: text(350) }),
      onSuccess: part({ destination: text(350) }),
    }),
  }),
  "aws:lambda/functionUrl:FunctionUrl": inputs(),
  /** Sizes and numbers: IAM/reference_iam-quotas. */
  "aws:iam/role:Role": inputs({
    name: text(64, /^[\w+=,.@-]+$/),
    description: z
      .string()
      .max(1_000)
      .regex(/^[\t\n\r -~¡-ÿ]*$/),
    assumeRolePolicy: bytes(2_048),
    inlinePolicies,
    managedPolicyArns: z.array(z.string()).max(10),
    maxSessionDuration: whole(3_600, 43_200),
  }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": inputs(),
  /** Kept in SST's state, and nowhere on AWS. */
  "random:index/randomBytes:RandomBytes": part({ length: z.int().min(1) }),
  /** Documented: S3/object-keys. */
  "aws:s3/bucketObjectv2:BucketObjectv2": inputs({ key: bytes(1_024) }),
};
