/** A terminal that remembers what it was told to show. */
import type { Terminal } from "@secure-lambda/local/command-line";

/** A terminal without styles. */
export interface RecordingTerminal extends Terminal {
  /** Every line so far, those of steps included. */
  readonly lines: readonly string[];
}

/** An empty one. */
export function recordTerminal(): RecordingTerminal {
  const lines: string[] = [];
  return {
    lines,
    line: (text = "") => void lines.push(text),
    style: (_style, text) => text,
    step: (label) => ({
      update: () => undefined,
      done: (ended = label) => void lines.push(`done: ${ended}`),
      failed: () => void lines.push(`failed: ${label}`),
    }),
  };
}
