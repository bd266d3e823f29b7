/** Finds programs of this machine. */
import fs from "node:fs";
import path from "node:path";

/** Names of a Chromium that runs without a window. */
export const chromiumNames = ["chromium", "chromium-browser", "google-chrome"] as const;

/** The files of these names on a PATH, in the order of the names. */
export function findOnPath(names: readonly string[], searched = ""): readonly string[] {
  const folders = searched.split(path.delimiter).filter((folder) => folder !== "");
  const files = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.filter((file) => fs.existsSync(file));
}
