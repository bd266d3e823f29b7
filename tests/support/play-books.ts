/** The commands of docs, as scripts: the play-books of docs/incidents.md, and what a section has. */
import fs from "node:fs";

/** A play-book: its title, and its commands. */
export interface PlayBook {
  readonly title: string;
  /** What a local cloud has. */
  readonly commands: string;
  /** What is about AWS only. */
  readonly onAws: string;
}

const block = /^```sh\n(.*?)^```/gmsu;
const MARK = "# AWS only";

const blocksIn = (text: string) => [...text.matchAll(block)].map(([, inner = ""]) => inner);

/** The blocks of commands of a document. */
export const shellBlocks = (document: string): readonly string[] =>
  blocksIn(fs.readFileSync(document, "utf8"));

/** The blocks of a document that begin with `# AWS only`. */
export const blocksOnAws = (document: string): readonly string[] =>
  shellBlocks(document).filter((one) => one.startsWith(MARK));

/** The blocks of a section, by its heading. @throws Error when there is no such section. */
export function blocksBelow(document: string, heading: string): readonly string[] {
  const sections = fs.readFileSync(document, "utf8").split(/^#+ /mu);
  const found = sections.find((text) => text.startsWith(`${heading}\n`));
  if (found === undefined) throw new Error(`${document} has no section "${heading}".`);
  return blocksIn(found);
}

/** What stands before the first play-book: variables, and the function `aws`. */
export const preamble = (): string => blocksIn(sections()[0] ?? "").join("");

/** The play-books, in their order. */
export function readPlayBooks(): readonly PlayBook[] {
  return sections()
    .slice(1)
    .map((text) => {
      const blocks = blocksIn(text);
      return {
        title: text.split("\n")[0] ?? "",
        commands: blocks.filter((one) => !one.startsWith(MARK)).join(""),
        onAws: blocks.filter((one) => one.startsWith(MARK)).join(""),
      };
    });
}

const sections = () => fs.readFileSync("docs/incidents.md", "utf8").split(/^## /mu);
