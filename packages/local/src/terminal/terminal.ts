/**
 * Output for a terminal: styled on a TTY, plain in a pipe or where NO_COLOR is set. In a pipe it has no
 * times either: the same work prints the same text.
 */
import { styleText } from "node:util";
import { escapeLines } from "../text/escape.ts";

type Style = Parameters<typeof styleText>[0];

/** Where a command reports its progress. */
export interface Terminal {
  /** Shows one line or several; every control character is escaped, but for the ends of lines and styles. */
  line(text?: string): void;
  style(style: Style, text: string): string;
  /** Shows that a step is in progress, until `done` or `failed`. */
  step(label: string): Step;
}

/** A step in progress: on a TTY, a line that is redrawn. */
export interface Step {
  /** Shows the state of the step. */
  update(detail: string): void;
  /** Ends it; `ended` replaces its label. */
  done(ended?: string): void;
  failed(): void;
}

const redrawMs = 1_000;

/** What `styleText` puts around a text: the control sequence introducer, a number, `m`. */
const styleSequence = new RegExp(`(${String.fromCharCode(0x1b)}\\[\\d+m)`);

/** A terminal on the given stream. */
export function createTerminal(stream: NodeJS.WriteStream): Terminal {
  const interactive = stream.isTTY;
  const style = (wanted: Style, text: string) => styleText(wanted, text, { stream });
  // A line replaces the step in progress, which is redrawn below it.
  const cleared = interactive ? "\r\u001B[K" : "";
  const styles = style("bold", "") === "" ? undefined : styleSequence;
  const line = (text = "") => {
    const parts = styles === undefined ? [text] : text.split(styles);
    const safe = parts.map((part, index) => (index % 2 === 0 ? escapeLines(part) : part));
    stream.write(`${cleared}${safe.join("")}\n`);
  };

  function step(label: string): Step {
    const started = Date.now();
    const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
    let detail = "";
    const draw = () => {
      if (!interactive) return;
      const text = `  … ${label} ${Math.floor((Date.now() - started) / 1000)} s ${detail}`;
      stream.write(`${cleared}${style("dim", text.slice(0, (stream.columns || 80) - 1))}`);
    };
    const end = (mark: string, ended: string) => {
      clearInterval(timer);
      line(`  ${mark} ${ended}${interactive ? style("dim", ` ${seconds()}`) : ""}`);
    };
    const timer = setInterval(draw, redrawMs);
    if (interactive) draw();
    else line(`  … ${label}`);
    return {
      update: (text) => {
        detail = text;
        draw();
      },
      done: (ended = label) => end(style("green", "✓"), ended),
      failed: () => end(style("red", "✕"), label),
    };
  }

  return { line, style, step };
}
