/** Random bytes for ids and nonces, which each request needs some of: a call of the system costs most of it. */
import { randomFillSync } from "node:crypto";

const drawn = Buffer.alloc(4096);
let used = drawn.length;

/** So many bytes of the system's secure random numbers, none of them given twice; at most 4,096. */
export function randomBytes(count: number): Buffer {
  if (used + count > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += count;
  return Buffer.from(drawn.subarray(used - count, used));
}
