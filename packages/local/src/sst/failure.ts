/** Extracts the failure from the SST CLI's output, which has every step, and errors twice. */

/** How its summary of a failed deployment begins (its source: cmd/sst/mosaic/ui/ui.go). */
const summary = /^✕ {2}Failed/;

/** A step that failed, or an error that ended it before there were steps. */
const firstError = /^(?:\|\s+)?Error\b/;

/** The CLI's advice for an option that users cannot pass here, and whose log file exists anyway. */
const advice = /Please run with --print-logs or check (\S+) if available\./;

/** The lines of the failure: the summary's, else from the first error on, else all. */
export function failureIn(output: readonly string[]): string[] {
  const lines = output.map((line) => line.replace(advice, "SST's own log, $1, may say more."));
  const afterSummary = lines.slice(lines.findLastIndex((line) => summary.test(line)) + 1);
  if (afterSummary.length < lines.length && hasText(afterSummary)) return trimmed(afterSummary);
  const start = lines.findIndex((line) => firstError.test(line));
  return trimmed(start < 0 ? lines : lines.slice(start));
}

const hasText = (lines: readonly string[]) => lines.some((line) => line.trim() !== "");

/** Without the empty lines at both ends. */
function trimmed(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== "");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return first < 0 ? [] : lines.slice(first, last + 1);
}
