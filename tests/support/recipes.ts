/** The recipes of docs/adapting.md: what each changes, read from its text. */
import fs from "node:fs";

/** The lines of a file that a recipe replaces, and by which; a new file has none to replace. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  /** Undefined when the file or folder is deleted. */
  readonly to: string | undefined;
}

/** The edits of each recipe by its heading. @throws Error for a block that has no file. */
export function readRecipes(document: string): ReadonlyMap<string, readonly Edit[]> {
  const sections = fs.readFileSync(document, "utf8").split(/^## /m).slice(1);
  const recipes = sections.map((section): [string, readonly Edit[]] => {
    const [heading = ""] = section.split("\n", 1);
    const blocks = [...section.matchAll(/^```diff\n(.*?)^```$/gms)].map(([, block = ""]) => block);
    return [heading, blocks.flatMap(editsIn)];
  });
  return new Map(recipes.filter(([, edits]) => edits.length > 0));
}

function editsIn(block: string): readonly Edit[] {
  const [before, ...files] = block.split(/^--- /m);
  if (before !== "") throw new Error(`A diff must begin with "--- FILE", not with: ${before}`);
  return files.flatMap((text) => {
    const end = text.indexOf("\n");
    const hunks = text.slice(end + 1).split(/^@@\n/m);
    return hunks.map((hunk) => editOf(text.slice(0, end), hunk));
  });
}

function editOf(file: string, hunk: string): Edit {
  if (hunk === "deleted\n") return { file, from: "", to: undefined };
  const lines = hunk.split("\n").slice(0, -1);
  const side = (marks: string) =>
    lines.filter((line) => marks.includes(line.charAt(0))).map((line) => `${line.slice(1)}\n`);
  return { file, from: side(" -").join(""), to: side(" +").join("") };
}
