/** The marks by which comments cite sources, `SNS/PAGE`: docs/sources.md lists each of them. */

const MARK = /(?<![\w/.:`-])([A-Z][A-Z0-9]+(?:-API)?)\/(?:[a-z]|(?<=-API\/)[A-Z][a-z]|\d{4}\/)/gu;
const LISTED = /^\| `([A-Z][A-Z0-9]+(?:-API)?)\/PAGE` \|/gmu;
const COMMENT = /^\s*(?:\/?\*\*?|\/\/).*|\s\/\/ .*/gmu;
const BARE = /(?<!\/\/)\bdocs\.aws\.amazon\.com\/[\w./-]+/u;

/** Marks without a row, rows without a mark, and AWS pages that are cited without a mark. */
export function sourceProblems(
  files: readonly string[],
  read: (file: string) => string,
  page: string,
): readonly string[] {
  const listed = new Set([...page.matchAll(LISTED)].map(([, mark = ""]) => mark));
  const comments = files
    .filter((file) => /\.(?:ts|sh)$/u.test(file))
    .map((file) => ({ file, text: (read(file).match(COMMENT) ?? []).join("\n") }));
  const used = comments.flatMap(({ file, text }) =>
    [...text.matchAll(MARK)].map(([, mark = ""]) => ({ file, mark })),
  );
  const cited = new Set(used.map(({ mark }) => mark));
  return [
    ...used
      .filter(({ mark }) => !listed.has(mark))
      .map(({ file, mark }) => `${file}: ${mark}/ is not in docs/sources.md`),
    ...[...listed]
      .filter((mark) => !cited.has(mark))
      .map((mark) => `docs/sources.md: no comment cites ${mark}/`),
    ...comments.flatMap(({ file, text }) => {
      const bare = BARE.exec(text)?.[0];
      return bare === undefined ? [] : [`${file}: cite ${bare} by its mark in docs/sources.md`];
    }),
  ];
}
