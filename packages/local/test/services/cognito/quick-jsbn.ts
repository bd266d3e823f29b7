/** Raises the numbers of the SRP library to powers by BigInt: by its own JavaScript a proof takes a fifth of a second. */
import { BigInteger } from "jsbn";

function modPow(this: BigInteger, exponent: BigInteger, modulus: BigInteger): BigInteger {
  const n = BigInt(modulus.toString());
  const base = BigInt(this.mod(modulus).toString());
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % n;
    if (bit === "1") result = (result * base) % n;
  }
  return new BigInteger(result.toString());
}

/** Has every number of the library do so from now on. */
export function raiseByBigInt(): void {
  BigInteger.prototype.modPow = modPow;
}
