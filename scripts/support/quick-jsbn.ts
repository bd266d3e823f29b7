/**
 * Has the SRP library raise its numbers to powers by BigInt, once this is imported: by its own JavaScript
 * a sign-in takes half a second.
 */
import { BigInteger } from "jsbn";

function modPow(this: BigInteger, exponent: BigInteger, modulus: BigInteger): BigInteger {
  const n = BigInt(`0x${modulus.toString(16)}`);
  const base = BigInt(`0x${this.mod(modulus).toString(16)}`);
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % n;
    if (bit === "1") result = (result * base) % n;
  }
  return new BigInteger(result.toString(16), 16);
}

BigInteger.prototype.modPow = modPow;
