/** A log that keeps what is written to it. */

/** One line, with the level at which it was written. */
export interface LogLine<Entry> {
  readonly level: "info" | "error";
  readonly entry: Entry;
}

/** A log with two levels, and its lines. */
export interface LogCollector<Entry> {
  readonly lines: readonly LogLine<Entry>[];
  readonly info: (entry: Entry) => void;
  readonly error: (entry: Entry) => void;
}

/** Makes an empty log. */
export function createLogCollector<Entry>(): LogCollector<Entry> {
  const lines: LogLine<Entry>[] = [];
  return {
    lines,
    info: (entry) => {
      lines.push({ level: "info", entry });
    },
    error: (entry) => {
      lines.push({ level: "error", entry });
    },
  };
}
