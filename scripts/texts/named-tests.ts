/** Tests that documents name as vitest prints them: `FILE > DESCRIBED > TITLE`. */

const NAMED = /`([\w./-]+\.test\.ts) > ([^`]+)`/gu;
/** A text in quotes, of which a title may be one. */
const QUOTED = /"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/gu;
/** What vitest replaces in a title: `%s`, `$name`, `${…}`. */
const REPLACED = /%[sdifjo#%]|\$\{[^}]*\}|\$[\w.]+/gu;

/** Named tests whose title, or a beginning of it, does not stand in their file or its folder. */
export function unknownTests(
  files: readonly string[],
  read: (file: string) => string,
): readonly string[] {
  return files
    .filter((file) => file.endsWith(".md"))
    .flatMap((document) =>
      [...read(document).matchAll(NAMED)].flatMap(([, file = "", name = ""]) => {
        const titles = titlesIn(file, files, read);
        return name
          .split(" > ")
          .filter((part) => !titles.some((title) => isPrinted(title, part)))
          .map((part) => `${document}: ${file} has no test "${part}"`);
      }),
    );
}

/** The titles in a file, and in the folder of its name for a file that is put together from others. */
function titlesIn(
  file: string,
  files: readonly string[],
  read: (file: string) => string,
): readonly string[] {
  const folder = file.replace(/\.test\.ts$/u, "/");
  return files
    .filter((other) => other === file || other.startsWith(folder))
    .flatMap((each) => [...read(each).matchAll(QUOTED)])
    .map(([, quoted, template = ""]) => (quoted ?? template).replaceAll(/\\(.)/gu, "$1"))
    .filter((title) => title.replaceAll(REPLACED, "").trim() !== "");
}

/** Whether a title is printed so; a document may leave out its end. */
function isPrinted(title: string, part: string): boolean {
  const texts = title
    .split(REPLACED)
    .map((text) => text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`));
  return title.startsWith(part) || new RegExp(`^${texts.join(".+")}$`, "u").test(part);
}
