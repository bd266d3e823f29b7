/**
 * The request context of a call, for conditions. Keys: documented,
 * IAM/reference_policies_condition-keys
 */
import { accountOf, arnOf, type Principal } from "./principal.ts";

/**
 * The values of condition keys, by lower-case name. A key without a value is not present in the
 * request; a key that is not in the map is not supported.
 */
export type RequestContext = ReadonlyMap<string, string | undefined>;

/** The supported keys, in AWS's spelling, those of encryption contexts aside. */
const keys = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:RequestedRegion",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
  "cloudwatch:namespace",
  "kms:CallerAccount",
  "kms:ViaService",
  "lambda:SourceFunctionArn",
] as const;

type Values = Partial<Record<(typeof keys)[number], string | undefined>>;

/** Values of a service's own condition keys, by AWS's names. */
export type ConditionValues = Readonly<Record<string, string>>;

const encryptionContext = "kms:EncryptionContext:";

/** The condition keys of an encryption context (documented: KMS/conditions-kms). */
export function encryptionContextConditions(
  context: Readonly<Record<string, string>>,
): ConditionValues {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [`${encryptionContext}${key}`, value]),
  );
}

/** Whether a condition key is supported. */
export function isKnownKey(key: string): boolean {
  return (
    isOfEncryptionContext(key) || keys.some((known) => known.toLowerCase() === key.toLowerCase())
  );
}

/** Whether the value of a key is known for a request, which includes that it has none. */
export function isKnownIn(context: RequestContext, key: string): boolean {
  return context.has(key.toLowerCase()) || isOfEncryptionContext(key);
}

function isOfEncryptionContext(key: string): boolean {
  return key.toLowerCase().startsWith(encryptionContext.toLowerCase());
}

/**
 * The context of a principal's call on a resource. A call over the local endpoint's plain HTTP counts
 * as one over TLS, as the same client would make to AWS. The region is the resource's, since the
 * endpoint has no other.
 */
export function contextOf(
  principal: Principal,
  resource: string,
  conditions: ConditionValues = {},
): RequestContext {
  const [, , , region = ""] = resource.split(":");
  const values: Values = {
    "aws:SecureTransport": "true",
    ...(region === "" ? {} : { "aws:RequestedRegion": region }),
    "cloudwatch:namespace": undefined,
    "kms:ViaService": undefined,
    ...callerValues(principal),
    ...conditions,
  };
  return new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
}

function callerValues(principal: Principal): Values {
  if (principal.kind === "service") {
    return {
      "aws:PrincipalArn": undefined,
      "aws:SourceArn": principal.sourceArn,
      // Of SNS and CloudWatch Logs no source says that they send the account.
      "aws:SourceAccount": principal.sourceAccount,
      "kms:CallerAccount": undefined,
      "lambda:SourceFunctionArn": undefined,
    };
  }
  return {
    "aws:PrincipalArn": arnOf(principal),
    "aws:PrincipalAccount": accountOf(principal),
    "aws:SourceArn": undefined,
    "aws:SourceAccount": undefined,
    "kms:CallerAccount": accountOf(principal),
    // An attribute of the session, so that services pass it on to KMS (documented:
    // LAMBDA/permissions-source-function-arn, IAM/access_forward_access_sessions).
    "lambda:SourceFunctionArn": principal.kind === "role" ? principal.sourceFunction : undefined,
  };
}
