/** Files that a command is told to write. */
import fs from "node:fs";
import path from "node:path";
import { messageOf } from "@secure-lambda/local";
import * as z from "zod";
import { CommandError } from "./command.ts";

/** Holds what is made here and not committed. A new clone has none: it is made when it is written to. */
const localFolder = path.resolve(".local-cloud");

/** The name of a file in a folder that exists, so that a wrong one is refused before any work. */
export const outputFile = z
  .string()
  .min(1, "expected the name of a file")
  .refine((file) => {
    const folder = path.resolve(path.dirname(file));
    return folder === localFolder || fs.existsSync(folder);
  }, "there is no such folder to write to; make it first, or name a file in another");

/** Writes the file. @throws CommandError when it cannot be written. */
export function writeOutput(file: string, text: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, text);
  } catch (cause) {
    throw new CommandError(
      `${file} was not written (${messageOf(cause)}): name a file that you may write.`,
      { cause },
    );
  }
}
