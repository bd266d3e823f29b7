/** Text for people: styled on a terminal, plain in a pipe or where NO_COLOR is set. */
import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Where a command tells people what it does. */
export interface Terminal {
  line(text?: string): void;
  style(style: Style, text: string): string;
  /** Shows that a step is under way; ends it with `done` or `failed`. */
  step(label: string): Step;
}

/** A step under way: on a terminal, one line that is drawn again and again. */
export interface Step {
  /** Shows what the step is at. */
  update(detail: string): void;
  done(detail?: string): void;
  failed(): void;
}

const redrawMs = 1_000;

/** A terminal on the given stream. */
export function createTerminal(stream: NodeJS.WriteStream): Terminal {
  const interactive = stream.isTTY;
  const style = (wanted: Style, text: string) => styleText(wanted, text, { stream });
  // A line takes the place of the step that is shown, which is drawn again below it.
  const cleared = interactive ? "\r\u001B[K" : "";
  const line = (text = "") => void stream.write(`${cleared}${text}\n`);

  function step(label: string): Step {
    const started = Date.now();
    const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
    let detail = "";
    const draw = () => {
      if (!interactive) return;
      const text = `  … ${label} ${Math.floor((Date.now() - started) / 1000)} s ${detail}`;
      stream.write(`${cleared}${style("dim", text.slice(0, (stream.columns || 80) - 1))}`);
    };
    const end = (mark: string, note: string) => {
      clearInterval(timer);
      line(`  ${mark} ${label} ${style("dim", note)}`);
    };
    const timer = setInterval(draw, redrawMs);
    if (interactive) draw();
    else line(`  … ${label}`);
    return {
      update: (text) => {
        detail = text;
        draw();
      },
      done: (note = seconds()) => end(style("green", "✓"), note),
      failed: () => end(style("red", "✕"), seconds()),
    };
  }

  return { line, style, step };
}
