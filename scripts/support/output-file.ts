/** Files that a command writes. */
import fs from "node:fs";
import path from "node:path";
import { messageOf, parseWith } from "@secure-lambda/local/command-line";
import * as z from "zod";
import { CommandError } from "./command-error.ts";

/** Holds what is generated here and not committed. A new clone has none: the first write creates it. */
const localFolder = path.resolve(".local-cloud");

/** The name of a file in a folder that exists, so that a wrong one is an error before any work. */
export const outputFile = z
  .string()
  .min(1, "Expected the name of a file.")
  .refine(
    (file) => fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true,
    "It is a folder: name a file in it.",
  )
  .refine((file) => {
    const folder = path.resolve(path.dirname(file));
    return folder === localFolder || fs.existsSync(folder);
  }, "The folder does not exist: create it first, or name a file in another one.");

/** Parses the value of an option that names a file to write. */
export const parseOutputFile = parseWith(outputFile);

/** Writes the file. @throws CommandError when it cannot be written. */
export function writeOutput(file: string, text: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, text);
  } catch (cause) {
    throw new CommandError(
      `${file} was not written (${messageOf(cause)}). Name a file that you can write to.`,
      { cause },
    );
  }
}
