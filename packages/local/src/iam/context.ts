/**
 * Who calls, and what conditions can ask about a call. Keys: documented,
 * docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */

/** Who calls: a function with its role, the account's operator, or a service for a resource. */
export type Principal =
  | { readonly kind: "role"; readonly arn: string; readonly session: string }
  | { readonly kind: "root"; readonly account: string }
  | { readonly kind: "service"; readonly name: string; readonly sourceArn: string };

/**
 * The values of condition keys, by their lower-case names. A key that is absent is one that AWS
 * would not send; a key that is not here at all is one of which the local cloud knows nothing.
 */
export type RequestContext = ReadonlyMap<string, { readonly value: string } | "absent">;

/** The keys that some request has a value for, as AWS spells them. */
const keys = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:RequestedRegion",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
];

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
  const region = arnPart(resource, "region");
  const values = {
    "aws:SecureTransport": "true",
    ...(region === "" ? {} : { "aws:RequestedRegion": region }),
    ...keysOf(principal),
  };
  return new Map(
    Object.entries(values).map(([key, value]) => [
      key.toLowerCase(),
      value === undefined ? "absent" : { value },
    ]),
  );
}

function keysOf(principal: Principal): Record<string, string | undefined> {
  if (principal.kind === "service") {
    const { sourceArn } = principal;
    return {
      "aws:PrincipalArn": undefined,
      "aws:SourceArn": sourceArn,
      "aws:SourceAccount": arnPart(sourceArn, "account"),
    };
  }
  return {
    "aws:PrincipalArn": arnOf(principal),
    "aws:PrincipalAccount": accountOf(principal),
    "aws:SourceArn": undefined,
    "aws:SourceAccount": undefined,
  };
}

/** The ARN that stands for a principal in `aws:PrincipalArn`: of a session, its role's. */
export function arnOf(principal: Exclude<Principal, { kind: "service" }>): string {
  return principal.kind === "role" ? principal.arn : `arn:aws:iam::${principal.account}:root`;
}

/** The account of a principal. */
export function accountOf(principal: Exclude<Principal, { kind: "service" }>): string {
  return principal.kind === "role" ? arnPart(principal.arn, "account") : principal.account;
}

/** A principal as error messages name it; a function is a session of its role. */
export function callerName(principal: Principal): string {
  if (principal.kind === "service") return principal.name;
  if (principal.kind === "root") return arnOf(principal);
  const role = principal.arn.slice(principal.arn.lastIndexOf("/") + 1);
  return `arn:aws:sts::${accountOf(principal)}:assumed-role/${role}/${principal.session}`;
}

/** A part of an ARN; empty where there is none. */
function arnPart(arn: string, part: "region" | "account"): string {
  return arn.split(":")[part === "region" ? 3 : 4] ?? "";
}
