/** The one text of a signed token: decoders accept padding and other last bits (RFC 4648, 3.5). */

/** Whether each part of a compact JWS is base64url as an issuer writes it (RFC 7515, 2). */
export function isCanonicalToken(token: string): boolean {
  return token
    .split(".")
    .every((part) => Buffer.from(part, "base64url").toString("base64url") === part);
}
