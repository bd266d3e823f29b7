/** Puts source maps beside the unpacked code, where Node and debuggers look for them. */
import { copyFileSync, existsSync, readdirSync } from "node:fs";
import path from "node:path";

const SCRIPT = /\.[cm]?js$/;

/**
 * Puts `SCRIPT.map`, to which a script's last line points (recorded: pkg/runtime/node/build.go of SST
 * links maps), beside each script of which `mapOf` has the path of a map.
 */
export function putSourceMaps(
  codeFolder: string,
  mapOf: (script: string) => string | undefined,
): void {
  for (const script of readdirSync(codeFolder).filter((name) => SCRIPT.test(name))) {
    const map = mapOf(script);
    const beside = path.join(codeFolder, `${script}.map`);
    if (map !== undefined && !existsSync(beside)) copyFileSync(map, beside);
  }
}
