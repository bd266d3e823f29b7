/** Comparison of secrets, and of what is derived from them. */
import { timingSafeEqual } from "node:crypto";

/** Whether two values are equal; the time shows at most whether their lengths are. */
export function equalInConstantTime(expected: string | Buffer, given: string | Buffer): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
