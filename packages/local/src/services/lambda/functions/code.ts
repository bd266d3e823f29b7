/** Unpacks a function's code. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { LambdaError } from "./errors.ts";
import { CODE_LIMIT } from "./limits.ts";

/** An archive and its SHA-256 in base64, as in AWS's CodeSha256. */
interface CodeArchive {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Reads an archive. */
export async function readCode(zipFile: string): Promise<CodeArchive> {
  const bytes = await readFile(zipFile);
  return { bytes, sha256: createHash("sha256").update(bytes).digest("base64") };
}

/**
 * Unpacks an archive into a folder, which is created. Throws InvalidParameterValueException, with
 * nothing written, for an archive that cannot be read, that names a file outside the folder, or
 * that is larger than Lambda takes.
 */
export async function unpackCode(archive: CodeArchive, folder: string): Promise<void> {
  const files = Object.entries(readEntries(archive.bytes));
  await mkdir(folder, { recursive: true });
  for (const [name, content] of files) {
    const target = path.join(folder, name);
    if (name.endsWith("/")) {
      await mkdir(target, { recursive: true });
      continue;
    }
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

function readEntries(bytes: Uint8Array): Record<string, Uint8Array> {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!staysInside(name)) invalid(`The code archive names a file outside it: "${name}".`);
        total += originalSize;
        if (total > CODE_LIMIT) invalid(`The unpacked code is over ${String(CODE_LIMIT)} bytes.`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof LambdaError) throw error;
    return invalid(`The code archive cannot be unpacked: ${String(error)}`);
  }
}

/** On any system: no absolute path, no drive, no backslash, no `..`. */
function staysInside(name: string): boolean {
  if (name === "" || /[\\:\0]/.test(name) || name.startsWith("/")) return false;
  return name.split("/").every((segment) => segment !== ".." && segment !== "__proto__");
}

function invalid(problem: string): never {
  throw new LambdaError("InvalidParameterValueException", problem);
}
