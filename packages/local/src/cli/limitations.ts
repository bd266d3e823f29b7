/** What is different from AWS, as a table for people: a service on the left, its sentences beside it. */

/** Columns of a common terminal, less what the table is indented by. */
const WIDTH = 76;

/**
 * Groups sentences of the form `SERVICE: TEXT.` by their service, in the order of its name. The
 * lines are at most 76 columns wide, unless one word is longer than that.
 */
export function renderNotices(notices: readonly string[]): string[] {
  const services = Map.groupBy(notices, (sentence) => serviceOf(sentence));
  const nameWidth = Math.max(0, ...[...services.keys()].map((name) => name.length)) + 2;
  return [...services]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .flatMap(([service, sentences]) => {
      const text = sentences.map((sentence) => textOf(sentence)).join("; ");
      return wrap(text, WIDTH - nameWidth).map(
        (line, at) => (at === 0 ? service : "").padEnd(nameWidth) + line,
      );
    });
}

const serviceOf = (sentence: string) => sentence.slice(0, Math.max(0, sentence.indexOf(": ")));

const textOf = (sentence: string) => sentence.replace(/^.*?: /, "").replace(/\.$/, "");

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
