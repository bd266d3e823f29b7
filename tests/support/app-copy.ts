/** A copy of an app in a folder of its own, to change and deploy. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { lastChecks } from "../../scripts/support/type-check.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A copy of an app. */
export interface AppCopy {
  readonly folder: string;
  /** Adds lines to a file of the copy. */
  append(file: string, text: string): void;
  /** Replaces the one place of a file that has this text. @throws Error when there is no such place, or another one. */
  replace(file: string, text: string, by: string): void;
  /** Makes a file of the copy what it was at first. */
  restore(file: string): void;
  /** Gives a changed file the time of the app's own: the compiler does not check it again. */
  keepTime(file: string): void;
  remove(): void;
}

/** Copies sst.config.ts and stacks; everything else is linked. Without a platform, it must be installed. */
export function copyApp({ platform }: { platform: boolean }): AppCopy {
  return copyParts({
    copied: appFiles,
    linked: ["node_modules", "packages", "scripts"],
    platform,
  });
}

/** Copies one of the apps in tests/apps, which have SST and its platform from this repository. */
export function copyOtherApp(name: string): AppCopy {
  const from = path.join(root, "tests/apps", name);
  return copyParts({
    from,
    copied: fs.readdirSync(from),
    linked: ["node_modules"],
    platform: true,
  });
}

/** What a copy is made of. */
export interface Parts {
  /** The app's folder: this repository's unless given. */
  readonly from?: string;
  readonly copied: readonly string[];
  /** What is linked to this repository's own. */
  readonly linked: readonly string[];
  readonly platform: boolean;
}

/** What SST reads of this app beside its packages. */
export const appFiles = ["sst.config.ts", "stacks", "package.json", "tsconfig.json"];

/** Makes a copy; `copied` and `linked` are files and folders below the app's. */
export function copyParts({ from = root, copied, linked, platform }: Parts): AppCopy {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "app-copy-")));
  const inCopy = (name: string) => path.join(folder, name);
  // With their times: the compiler reads what is newer than its last check.
  const asTheyAre = {
    recursive: true,
    preserveTimestamps: true,
    // Those of tests/scanners are 230 MB.
    filter: (file: string) => path.basename(file) !== "node_modules",
  };
  for (const name of copied) fs.cpSync(path.join(from, name), inCopy(name), asTheyAre);
  if (platform) {
    fs.mkdirSync(inCopy(".sst"));
    const lock = ".sst/provider-lock.json";
    fs.copyFileSync(path.join(root, lock), inCopy(lock));
  }
  for (const name of [...linked, ...(platform ? [".sst/platform"] : [])]) {
    fs.symlinkSync(path.join(root, name), inCopy(name));
  }
  if (from === root && platform) takeLastCheck(folder, linked);
  return {
    folder,
    append: (file, text) => fs.appendFileSync(inCopy(file), text),
    replace(file, text, by) {
      const [before, after, ...more] = fs.readFileSync(inCopy(file), "utf8").split(text);
      if (before === undefined || after === undefined || more.length > 0) {
        throw new Error(`Expected one place in ${file} with: ${text}`);
      }
      fs.writeFileSync(inCopy(file), before + by + after);
    },
    restore: (file) => fs.copyFileSync(path.join(from, file), inCopy(file)),
    keepTime(file) {
      const { atime, mtime } = fs.statSync(path.join(from, file));
      fs.utimesSync(inCopy(file), atime, mtime);
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Gives a copy what the compiler knows of this app (global setup: check-types.ts), so that it checks
 * only what is altered. It knows linked files by the names that the links lead to.
 */
function takeLastCheck(folder: string, linked: readonly string[]): void {
  const known = path.join(root, lastChecks.stacks);
  if (!fs.existsSync(known)) return;
  const taken = path.join(folder, lastChecks.stacks);
  const here = path.relative(path.dirname(taken), root);
  const text = fs
    .readFileSync(known, "utf8")
    .replaceAll('"./platform/node_modules/', `"${here}/.sst/platform/node_modules/`)
    .replaceAll('"../node_modules/', `"${here}/node_modules/`);
  // The packages are found in node_modules.
  const packages = linked.includes("node_modules") ? `"${here}/packages/` : '"../packages/';
  fs.writeFileSync(taken, text.replaceAll('"../packages/', packages));
  const { atime, mtime } = fs.statSync(known);
  fs.utimesSync(taken, atime, mtime);
}
