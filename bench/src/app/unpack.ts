/** Unpacks the archives that SST makes. */
import fs from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";

/** Writes the files of an archive below `folder`; the size of the archive in bytes. */
export function unpack(archive: string, folder: string): number {
  const zip = fs.readFileSync(archive);
  const files = unzipSync(zip, { filter: ({ name }) => !name.endsWith("/") });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  return zip.length;
}
