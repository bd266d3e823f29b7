/** The hash of the SDK's signatures, held against Node's own. */
import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { SigningHash } from "../../packages/functions/src/signing-hash.ts";

const text = Buffer.from("a text of many bytes");
const key = new Uint8Array(Buffer.from("..a key..")).subarray(2, 7);

/** The digest of the text in two parts, as hexadecimal digits. */
async function digestOf(hash: SigningHash): Promise<string> {
  hash.update(text.subarray(0, 7));
  hash.update(text.subarray(7));
  return Buffer.from(await hash.digest()).toString("hex");
}

test("without a secret it is SHA-256", async () => {
  expect(await digestOf(new SigningHash())).toBe(createHash("sha256").update(text).digest("hex"));
});

test.each([
  ["a text", "secret"],
  ["an empty text", ""],
  ["a part of a buffer", key],
  ["a buffer", new Uint8Array([1, 2, 3]).buffer],
])("with %s for a secret it is HMAC, each time", async (_, secret) => {
  const bytes = typeof secret === "string" ? secret : Buffer.from(new Uint8Array(secret));
  const expected = createHmac("sha256", bytes).update(text).digest("hex");
  const hash = new SigningHash(secret);
  expect(await digestOf(hash)).toBe(expected);
  hash.reset();
  expect(await digestOf(hash)).toBe(expected);
  expect(await digestOf(new SigningHash(secret))).toBe(expected);
});

test("two keys of the same length are told apart", async () => {
  const [one, other] = [new Uint8Array([1]), new Uint8Array([2])];
  expect(await digestOf(new SigningHash(one))).not.toBe(await digestOf(new SigningHash(other)));
});
