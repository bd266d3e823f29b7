/** Tells debuggers where the source maps of unpacked code are, which SST keeps out of its archive. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const SCRIPT = /\.[cm]?js$/;
const MAP_COMMENT = /^\/\/# sourceMappingURL=.*$/m;

/**
 * Writes the address of its map into each script of the folder that names one. A map's paths hold
 * from where it was built, so it stays there. `mapOf` answers with the path of a script's map.
 */
export function pointToSourceMaps(
  codeFolder: string,
  mapOf: (script: string) => string | undefined,
): void {
  for (const script of readdirSync(codeFolder).filter((name) => SCRIPT.test(name))) {
    const map = mapOf(script);
    if (map === undefined) continue;
    const file = join(codeFolder, script);
    const address = `//# sourceMappingURL=${pathToFileURL(map).href}`;
    writeFileSync(file, readFileSync(file, "utf8").replace(MAP_COMMENT, address));
  }
}
