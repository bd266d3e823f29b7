/** Writes ASN.1 in DER, as far as a certificate needs it (ITU-T X.690). */

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A value with its tag and length. */
function value(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, content]);
}

const joined = (tag: number) => (parts: readonly Uint8Array[]) => value(tag, Buffer.concat(parts));

/** Values up to 65,535 bytes long. */
export const der = {
  sequence: (...parts: Uint8Array[]) => joined(tags.sequence)(parts),
  set: (...parts: Uint8Array[]) => joined(tags.set)(parts),
  boolean: (flag: boolean) => value(tags.boolean, Buffer.from([flag ? 0xff : 0])),
  /** A positive number: the first byte must be 1 to 127. */
  integer: (bytes: Uint8Array) => value(tags.integer, bytes),
  /** Whole bytes, or named bits with `unused` ones at the end. */
  bitString: (bytes: Uint8Array, unused = 0) =>
    value(tags.bitString, Buffer.concat([Buffer.from([unused]), bytes])),
  octetString: (bytes: Uint8Array) => value(tags.octetString, bytes),
  utf8String: (text: string) => value(tags.utf8String, Buffer.from(text, "utf8")),
  generalizedTime: (at: Date) =>
    value(
      tags.generalizedTime,
      Buffer.from(`${at.toISOString().replace(/\D/g, "").slice(0, 14)}Z`),
    ),
  oid: (dotted: string) => value(tags.oid, Buffer.from(oidBytes(dotted))),
  /** `[number]`, around one value. */
  explicit: (number: number, inner: Uint8Array) => value(0xa0 | number, inner),
  /** `[number]`, in place of a primitive value's own tag. */
  implicit: (number: number, content: Uint8Array) => value(0x80 | number, content),
};

function oidBytes(dotted: string): number[] {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return [first * 40 + second, ...rest.flatMap(base128)];
}

/** Seven bits a byte, every byte but the last marked. */
function base128(number: number): number[] {
  const bytes = [number & 0x7f];
  for (let left = number >> 7; left > 0; left >>= 7) bytes.unshift((left & 0x7f) | 0x80);
  return bytes;
}
