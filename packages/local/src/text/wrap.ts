/** Wraps text at spaces, for a terminal and for a pipe. */

/** Columns of a terminal; of a pipe, those of a common terminal. */
export const columnsOf = (stream: NodeJS.WriteStream): number => stream.columns || 80;

/** One line as lines of at most so many columns; a word that is longer has a line of its own. */
export function wrap(line: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of line.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** Wraps each line of a text, but not one that is indented: it is to be copied as it is. */
export function wrapLines(text: string, columns: number): string {
  return text
    .split("\n")
    .flatMap((line) => (/^\s/.test(line) ? [line] : wrap(line, columns)))
    .join("\n");
}
