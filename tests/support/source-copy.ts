/** A copy of this app's sources, to save files of while `sst dev` watches them. */
import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { appFiles, copyParts } from "./app-copy.ts";

/**
 * The CLI's watcher ignores a file that changes again within 500 ms (recorded:
 * cmd/sst/mosaic/watcher/watcher.go of SST).
 */
const BETWEEN_SAVES_MS = 600;

/** An app may be without it. */
const coldStart = fs.existsSync("packages/cold-start") ? ["cold-start"] : [];

/** A copy to edit. */
export interface SourceCopy {
  readonly folder: string;
  /** Saves a file with some of its text replaced; what it resolves to saves it as it was. */
  save(file: string, from: string, to: string): Promise<() => Promise<void>>;
  remove(): void;
}

/** Copies what `sst dev` watches and builds; packages and SST's platform are linked. */
export function copySources(): SourceCopy {
  const sources = ["core", "functions", ...coldStart].map((name) => `packages/${name}`);
  const copy = copyParts({
    copied: [...appFiles, ...sources],
    linked: ["node_modules", "packages/local", "scripts"],
    platform: true,
  });
  const { folder } = copy;
  const inCopy = (name: string) => path.join(folder, name);
  // The linked node_modules would lead to packages that are not the copy.
  for (const importer of ["functions", ...coldStart]) {
    const packages = inCopy(`packages/${importer}/node_modules/@secure-lambda`);
    fs.mkdirSync(packages, { recursive: true });
    for (const name of ["core", "functions"]) {
      fs.symlinkSync(inCopy(`packages/${name}`), path.join(packages, name));
    }
  }
  let savedAt = -BETWEEN_SAVES_MS;
  /** In one step, as editors do: the CLI must not find half a file. */
  async function write(file: string, text: string): Promise<void> {
    await delay(Math.max(0, savedAt + BETWEEN_SAVES_MS - performance.now()));
    const unfinished = inCopy(".sst/unfinished");
    fs.writeFileSync(unfinished, text);
    fs.renameSync(unfinished, inCopy(file));
    savedAt = performance.now();
  }
  return {
    folder,
    async save(file, from, to) {
      const before = fs.readFileSync(inCopy(file), "utf8");
      if (!before.includes(from)) throw new Error(`${file} does not contain "${from}".`);
      await write(file, before.replace(from, to));
      return () => write(file, before);
    },
    remove: () => copy.remove(),
  };
}
