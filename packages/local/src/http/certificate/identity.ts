/** The identity of the local cloud's TLS server, and the authority that vouches for it. */
import { generateKeyPairSync } from "node:crypto";
import { issueCertificate } from "./certificate.ts";

/** What a TLS server on 127.0.0.1 needs, and what its clients must trust; all PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
  /** The authority's certificate. Its key signed one certificate and is gone. */
  readonly authority: string;
}

const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;

/** Makes a throw-away authority and one certificate of it, for 127.0.0.1, good for 30 days. */
export function createTlsIdentity(now = Date.now()): TlsIdentity {
  const issuer = "Local cloud (throw-away authority)";
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const server = generateKeyPairSync("ec", { namedCurve: "P-256" });
  // A clock that was set back a little must not make the certificate one of the future.
  const validity = { notBefore: new Date(now - HOUR_MS), notAfter: new Date(now + MONTH_MS) };
  const issue = (subject: string, publicKey: typeof server.publicKey, use: Use) =>
    issueCertificate({ subject, issuer, publicKey, use, ...validity }, authority.privateKey);
  return {
    key: server.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: issue("127.0.0.1", server.publicKey, { ipv4: "127.0.0.1" }),
    authority: issue(issuer, authority.publicKey, { authority: true }),
  };
}

type Use = Parameters<typeof issueCertificate>[0]["use"];
