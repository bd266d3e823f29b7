/**
 * What conditions can ask about a call. Keys: documented,
 * IAM/reference_policies_condition-keys
 */
import { accountOf, arnOf, type Principal } from "./principal.ts";

/**
 * The values of condition keys, by their lower-case names. A key with no value is one that AWS would
 * not send; a key that is not here at all is one of which the local cloud knows nothing.
 */
export type RequestContext = ReadonlyMap<string, string | undefined>;

/** The keys that some request has a value for, as AWS spells them. */
const keys = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:RequestedRegion",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
] as const;

type Values = Partial<Record<(typeof keys)[number], string | undefined>>;

/** Tells whether requests can be asked for a condition key. */
export function isKnownKey(key: string): boolean {
  return keys.some((known) => known.toLowerCase() === key.toLowerCase());
}

/**
 * What is known of a principal's call on a resource. A call over the local endpoint's plain HTTP
 * stands for one over TLS, which is what the same client makes to AWS. The Region is the
 * resource's, since the endpoint takes calls for no other.
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
    const [, , , , account] = principal.sourceArn.split(":");
    return {
      "aws:PrincipalArn": undefined,
      "aws:SourceArn": principal.sourceArn,
      "aws:SourceAccount": account,
    };
  }
  return {
    "aws:PrincipalArn": arnOf(principal),
    "aws:PrincipalAccount": accountOf(principal),
    "aws:SourceArn": undefined,
    "aws:SourceAccount": undefined,
  };
}
