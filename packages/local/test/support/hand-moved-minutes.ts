/** Minutes that a test moves by hand: no timer, no wait. */
import type { Minute, Minutes } from "../../src/services/cloudwatch/minutes.ts";

/** Minutes that pass only by `pass`. */
export interface HandMovedMinutes extends Minutes {
  /** Moves the clock to the next end of a minute and calls the tasks, `count` times. */
  pass(count?: number): void;
}

/** Minutes over a clock that stands still; as long as AWS's by default. */
export function createHandMovedMinutes(
  clock: { now(): number; advance(milliseconds: number): void },
  lengthMs = 60_000,
): HandMovedMinutes {
  const tasks: ((minute: Minute) => void)[] = [];
  return {
    lengthMs,
    onEnd: (task) => void tasks.push(task),
    stop: () => void tasks.splice(0),
    pass(count = 1) {
      for (let passed = 0; passed < count; passed += 1) {
        clock.advance(lengthMs - (clock.now() % lengthMs));
        const end = clock.now();
        for (const task of tasks) task({ start: end - lengthMs, end });
      }
    },
  };
}
