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

/** The supported keys, in AWS's spelling. */
const keys = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:RequestedRegion",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
] as const;

type Values = Partial<Record<(typeof keys)[number], string | undefined>>;

/** Whether a condition key is supported. */
export function isKnownKey(key: string): boolean {
  return keys.some((known) => known.toLowerCase() === key.toLowerCase());
}

/**
 * The context of a principal's call on a resource. A call over the local endpoint's plain HTTP counts
 * as one over TLS, as the same client would make to AWS. The region is the resource's, since the
 * endpoint has no other.
 */
export function contextOf(principal: Principal, resource: string): RequestContext {
  const [, , , region = ""] = resource.split(":");
  const values: Values = {
    "aws:SecureTransport": "true",
    ...(region === "" ? {} : { "aws:RequestedRegion": region }),
    ...callerValues(principal),
  };
  return new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
}

function callerValues(principal: Principal): Values {
  if (principal.kind === "service") {
    return {
      "aws:PrincipalArn": undefined,
      "aws:SourceArn": principal.sourceArn,
      // The one service that calls here is SNS, and no source says that it sends the account.
      "aws:SourceAccount": undefined,
    };
  }
  return {
    "aws:PrincipalArn": arnOf(principal),
    "aws:PrincipalAccount": accountOf(principal),
    "aws:SourceArn": undefined,
    "aws:SourceAccount": undefined,
  };
}
