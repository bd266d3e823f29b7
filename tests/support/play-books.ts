/** The commands of docs/incidents.md, as scripts. */
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

/** The blocks of a document that begin with `# AWS only`. */
export const blocksOnAws = (document: string): readonly string[] =>
  blocksIn(fs.readFileSync(document, "utf8")).filter((one) => one.startsWith(MARK));

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
