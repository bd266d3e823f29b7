/** Waits of a few milliseconds, whatever they should last. */
import { setTimeout as delay } from "node:timers/promises";
import type { Wait } from "../../src/services/lambda/invocations/async-invocations.ts";

/** Waits at most five milliseconds. */
export const shortWait: Wait = (milliseconds, signal) =>
  delay(Math.min(milliseconds, 5), undefined, { signal });
