/** Writes source maps, which SST leaves out of its archives, beside the unpacked code. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";

const SCRIPT = /\.[cm]?js$/;

const mapSchema = z.looseObject({ sources: z.array(z.string()) });

/**
 * Writes `SCRIPT.map`, to which a script's last line points (recorded:
 * pkg/runtime/node/build.go of SST links maps), for each script of which `mapOf` has the path of a
 * map. Its sources are relative to the build directory, so they become absolute URLs: VS Code would
 * resolve them from the script's directory. A running build removes its map; then there is none
 * until the function is deployed again.
 */
export function putSourceMaps(
  codeFolder: string,
  mapOf: (script: string) => string | undefined,
): void {
  for (const script of readdirSync(codeFolder).filter((name) => SCRIPT.test(name))) {
    const built = mapOf(script);
    const beside = path.join(codeFolder, `${script}.map`);
    if (built === undefined || !existsSync(built) || existsSync(beside)) continue;
    const map = mapSchema.parse(JSON.parse(readFileSync(built, "utf8")));
    const sources = map.sources.map((source) => new URL(source, pathToFileURL(built)).href);
    writeFileSync(beside, JSON.stringify({ ...map, sources }));
  }
}
