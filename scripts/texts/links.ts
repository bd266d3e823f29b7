/** Links and paths in Markdown, and documents that code names, must exist. */
import path from "node:path";

const LINK = /\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/gu;
const PATH = /`((?:\.github|\.ci|bench|docs|packages|scripts|stacks|tests)\/[\w./-]*)/gu;
const DOCUMENT = /\bdocs\/[\w./-]+\.md\b/gu;
/** Its tests plant broken links. */
const EXAMPLES = "tests/texts/";

/** What is linked or named and does not exist, as messages. */
export function brokenLinks(
  files: readonly string[],
  read: (file: string) => string,
): readonly string[] {
  const known = new Set(files.flatMap(withFolders));
  return files
    .filter((file) => !file.startsWith(EXAMPLES))
    .flatMap((file) => {
      const text = read(file);
      if (!file.endsWith(".md")) return missing(file, all(text, DOCUMENT), known);
      const links = [...withoutCode(text).matchAll(LINK)].flatMap(([, to = "", anchor]) => {
        const target = to === "" ? file : path.posix.join(path.posix.dirname(file), to);
        const name = trim(target);
        if (name !== "." && !known.has(name)) return [`${file}: ${to} does not exist`];
        if (anchor === undefined || anchors(read(name)).has(anchor)) return [];
        return [`${file}: ${to}#${anchor} has no such heading`];
      });
      return [...links, ...missing(file, all(text, PATH), known)];
    });
}

function missing(file: string, paths: readonly string[], known: ReadonlySet<string>) {
  return paths
    .filter((name) => !known.has(trim(name)))
    .map((name) => `${file}: ${name} does not exist`);
}

const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]);

/** Without a final slash; a handler is a name in its file. */
const trim = (name: string): string => name.replace(/\/$/u, "").replace(/\.handler$/u, ".ts");

/** A file with the folders that it is in. */
function withFolders(file: string): readonly string[] {
  const parts = file.split("/");
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

const withoutCode = (text: string): string => text.replaceAll(/^```.*?^```/gmsu, "");

/** The anchors of a document's headings, as GitHub makes them. */
function anchors(text: string): ReadonlySet<string> {
  const headings = withoutCode(text).matchAll(/^#+ +(.+)$/gmu);
  return new Set(
    [...headings].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(/\s/gu, "-"),
    ),
  );
}
