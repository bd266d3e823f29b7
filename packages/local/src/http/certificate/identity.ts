/** The certificate of the local cloud's TLS server, and its certificate authority. */
import { generateKeyPairSync } from "node:crypto";
import { issueCertificate } from "./certificate.ts";

/** Key and certificate of a TLS server on 127.0.0.1, and the authority for its clients; all PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
  /** The authority's certificate. Its key signed one certificate and was discarded. */
  readonly authority: string;
}

const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;

/** Creates an ephemeral authority and a certificate for 127.0.0.1, valid for 30 days. */
export function createTlsIdentity(now = Date.now()): TlsIdentity {
  const issuer = "Local cloud (ephemeral authority)";
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const server = generateKeyPairSync("ec", { namedCurve: "P-256" });
  // Backdated, so that it is valid after the clock is set back a little.
  const validity = { notBefore: new Date(now - HOUR_MS), notAfter: new Date(now + MONTH_MS) };
  const issue = (subject: string, publicKey: typeof server.publicKey, use: Use) =>
    issueCertificate({ subject, issuer, publicKey, use, ...validity }, authority);
  return {
    key: server.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: issue("127.0.0.1", server.publicKey, { ipv4: "127.0.0.1" }),
    authority: issue(issuer, authority.publicKey, { authority: true }),
  };
}

type Use = Parameters<typeof issueCertificate>[0]["use"];
