/** The files of this repository. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** Paths relative to a folder, with forward slashes: what Git tracks, and what it would add. */
export function projectFiles(folder: string): readonly string[] {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  return execFileSync("git", list, { cwd: folder, encoding: "utf8" })
    .split("\0")
    .filter((file) => file !== "")
    .filter((file) => fs.existsSync(path.join(folder, file)));
}
