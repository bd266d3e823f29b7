/** Base32 (RFC 4648, 6) without padding: how authenticators take a secret. */

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The text of bytes. */
export function encodeBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}

/** The bytes of a text. @throws RangeError for other characters than base32 has. */
export function decodeBase32(text: string): Buffer {
  const values = Array.from(text, (character) => alphabet.indexOf(character));
  if (values.includes(-1)) throw new RangeError("Not base32: letters A to Z and digits 2 to 7.");
  const bits = values.map((value) => value.toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
