/** The source maps that SST uploads beside a function's code, which has none in its archive. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";

/** The maps of the latest code of each function. */
export interface SourceMaps {
  /** Keeps an uploaded object if it is a map; the next build overwrites or removes the file itself. */
  keep(key: string, file: string): void;
  /** The path of the map of a script in the archive with this SHA-256, in base64. */
  find(codeSha256: string, script: string): string | undefined;
}

interface KeptMap {
  readonly sha256: string;
  readonly script: string;
  readonly file: string;
}

/** `sourcemap/LOG-GROUP-ARN/SHA-256-OF-THE-ARCHIVE.SCRIPT.map` (recorded: function.ts of SST). */
const mapKey = /^sourcemap\/(.+)\/([0-9a-f]{64})\.([^/]+)\.map$/;

const mapSchema = z.looseObject({ sources: z.array(z.string()) });

/** Keeps maps in a folder, which is created with the first. */
export function createSourceMaps(folder: string): SourceMaps {
  const maps = new Map<string, KeptMap>();

  return {
    keep(key, built) {
      const [, logGroup = "", sha256, script] = mapKey.exec(key) ?? [];
      if (sha256 === undefined || script === undefined || !existsSync(built)) return;
      const name = createHash("sha256").update(`${logGroup} ${script}`).digest("hex");
      const file = path.join(folder, `${name}.map`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, withAbsoluteSources(built));
      maps.set(name, { sha256, script, file });
    },
    find(codeSha256, script) {
      const sha256 = Buffer.from(codeSha256, "base64").toString("hex");
      return maps.values().find((map) => map.sha256 === sha256 && map.script === script)?.file;
    },
  };
}

/** Sources are relative to the build directory, which a debugger and Node would not know. */
function withAbsoluteSources(built: string): string {
  const map = mapSchema.parse(JSON.parse(readFileSync(built, "utf8")));
  const sources = map.sources.map((source) => new URL(source, pathToFileURL(built)).href);
  return JSON.stringify({ ...map, sources });
}
