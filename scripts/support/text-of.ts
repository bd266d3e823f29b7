/** Reads files that may not be there. */
import fs from "node:fs";

/** The text of a file; empty where there is none. */
export function textOf(file: string): string {
  const isFile = fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? fs.readFileSync(file, "utf8") : "";
}
