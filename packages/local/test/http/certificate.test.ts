import { hash, X509Certificate } from "node:crypto";
import { expect, it } from "vitest";
import { createTlsIdentity } from "../../src/http/certificate/identity.ts";

const now = Date.UTC(2031, 0, 15, 12);
const { cert, key, authority } = createTlsIdentity(now);
const server = new X509Certificate(cert);
const issuer = new X509Certificate(authority);

/** SHA-1 of the key's point, as the key identifiers of RFC 5280 have it. */
const keyId = ({ publicKey }: X509Certificate) =>
  hash("sha1", publicKey.export({ type: "spki", format: "der" }).subarray(-65), "buffer");
const extension = (head: string, id: Buffer) => Buffer.concat([Buffer.from(head, "hex"), id]);

it.each([
  ["server", server],
  ["authority", issuer],
])("names its key and its authority's, as strict verifiers demand: %s", (_, certificate) => {
  const { raw } = certificate;
  expect(raw.includes(extension("0603551d0e04160414", keyId(certificate)))).toBe(true);
  expect(raw.includes(extension("0603551d23041830168014", keyId(issuer)))).toBe(true);
});

it("is signed by its own authority, for 127.0.0.1 and nothing else", () => {
  expect(server.verify(issuer.publicKey)).toBe(true);
  expect(server.checkIssued(issuer)).toBe(true);
  expect(server.subjectAltName).toBe("IP Address:127.0.0.1");
  expect(server.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(server.checkIP("127.0.0.2")).toBeUndefined();
});

it("may serve but not sign", () => {
  expect({ authority: issuer.ca, server: server.ca }).toEqual({ authority: true, server: false });
  expect(server.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
});

it("is good for 30 days, from an hour ago", () => {
  expect(server.validFromDate).toEqual(new Date(now - 3_600_000));
  expect(server.validToDate).toEqual(new Date(now + 30 * 86_400_000));
});

it("differs from run to run", () => {
  const other = createTlsIdentity(now);
  expect(other.key).not.toBe(key);
  expect(server.verify(new X509Certificate(other.authority).publicKey)).toBe(false);
});
