/** The index of decisions has a row for each file, with its date. */

const FILE = /^docs\/decisions\/((\d{4}-\d\d-\d\d)-[\w-]+\.md)$/u;

/** Decisions without a row in the index, and files that are not named as decisions are. */
export function missingDecisions(files: readonly string[], index: string): readonly string[] {
  return files
    .filter((file) => file.startsWith("docs/decisions/") && !file.endsWith("/README.md"))
    .flatMap((file) => {
      const [, name, date] = FILE.exec(file) ?? [];
      if (name === undefined) return [`${file}: name it YYYY-MM-DD-short-title.md`];
      const row = index
        .split("\n")
        .some((line) => line.startsWith(`| ${date} |`) && line.includes(`](${name})`));
      return row ? [] : [`${file}: add it to docs/decisions/README.md`];
    });
}
