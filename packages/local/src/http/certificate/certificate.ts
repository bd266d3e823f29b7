/** Issues X.509 certificates with EC keys (RFC 5280). */
import { hash, randomBytes, sign, type KeyObject } from "node:crypto";
import { der } from "./der.ts";

const oids = {
  commonName: "2.5.4.3",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
} as const;

type KeyPair = Readonly<Record<"publicKey" | "privateKey", KeyObject>>;

/** The content of a certificate. */
interface CertificateContent {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** A certificate authority, or a server at one IPv4 address. */
  readonly use: { readonly authority: true } | { readonly ipv4: string };
}

/** The certificate as PEM, signed with the issuer's P-256 key pair. */
export function issueCertificate(content: CertificateContent, issuerKeys: KeyPair): string {
  const algorithm = der.sequence(der.oid(oids.ecdsaWithSha256));
  const toBeSigned = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))), // version 3
    der.integer(serialNumber()),
    algorithm,
    distinguishedName(content.issuer),
    der.sequence(der.generalizedTime(content.notBefore), der.generalizedTime(content.notAfter)),
    distinguishedName(content.subject),
    content.publicKey.export({ type: "spki", format: "der" }),
    der.explicit(
      3,
      der.sequence(
        ...keyIdentifiers(content.publicKey, issuerKeys.publicKey),
        ...extensions(content.use),
      ),
    ),
  );
  const signature = sign("sha256", toBeSigned, issuerKeys.privateKey);
  return pem(der.sequence(toBeSigned, algorithm, der.bitString(signature)));
}

/** Random, positive, and without a leading zero byte. */
function serialNumber(): Buffer {
  return Buffer.concat([Buffer.from([0x40]), randomBytes(15)]);
}

function distinguishedName(commonName: string): Buffer {
  const attribute = der.sequence(der.oid(oids.commonName), der.utf8String(commonName));
  return der.sequence(der.set(attribute));
}

/** Of the subject's key and of the issuer's: strict verifiers demand both (RFC 5280, 4.2.1.1 and 4.2.1.2). */
function keyIdentifiers(subject: KeyObject, issuer: KeyObject): Buffer[] {
  const authority = der.sequence(der.implicit(0, keyIdentifier(issuer)));
  return [
    extension(oids.subjectKeyIdentifier, der.octetString(keyIdentifier(subject)), false),
    extension(oids.authorityKeyIdentifier, authority, false),
  ];
}

/** SHA-1 of an uncompressed P-256 point, the last 65 bytes of its SubjectPublicKeyInfo. */
function keyIdentifier(key: KeyObject): Buffer {
  return hash("sha1", key.export({ type: "spki", format: "der" }).subarray(-65), "buffer");
}

function extensions(use: CertificateContent["use"]): Buffer[] {
  if ("authority" in use) {
    return [
      // An authority for leaf certificates only (path length 0).
      extension(
        oids.basicConstraints,
        der.sequence(der.boolean(true), der.integer(Buffer.from([0]))),
      ),
      extension(oids.keyUsage, der.bitString(Buffer.from([0x04]), 2)), // keyCertSign
    ];
  }
  return [
    extension(oids.basicConstraints, der.sequence()),
    extension(oids.keyUsage, der.bitString(Buffer.from([0x80]), 7)), // digitalSignature
    extension(oids.extendedKeyUsage, der.sequence(der.oid(oids.serverAuth))),
    extension(oids.subjectAltName, der.sequence(der.implicit(7, addressBytes(use.ipv4)))),
  ];
}

function extension(oid: string, content: Buffer, critical = true): Buffer {
  const flag = critical ? [der.boolean(true)] : [];
  return der.sequence(der.oid(oid), ...flag, der.octetString(content));
}

function addressBytes(ipv4: string): Buffer {
  return Buffer.from(ipv4.split(".").map(Number));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
