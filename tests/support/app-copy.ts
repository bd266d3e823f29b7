/** A copy of an app in a folder of its own, to change and deploy. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { lastCheck } from "../../scripts/support/type-check.ts";

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
  for (const name of copied) fs.cpSync(path.join(from, name), inCopy(name), { recursive: true });
  if (platform) {
    fs.mkdirSync(inCopy(".sst"));
    const lock = ".sst/provider-lock.json";
    fs.copyFileSync(path.join(root, lock), inCopy(lock));
  }
  for (const name of [...linked, ...(platform ? [".sst/platform"] : [])]) {
    fs.symlinkSync(path.join(root, name), inCopy(name));
  }
  const known = knownTypes({ copied, linked }, inCopy(lastCheck));
  if (platform) known.take();
  keepTimes(copied, from, folder);
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
    remove() {
      known.keep();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Gives configuration its time of the original: of a newer one, the compiler reads everything again. */
function keepTimes(copied: readonly string[], from: string, folder: string): void {
  const patterns = copied.flatMap((name) => [name, `${name}/**/*.json`]);
  for (const file of fs.globSync(patterns, { cwd: from })) {
    if (!file.endsWith(".json")) continue;
    const { atime, mtime } = fs.statSync(path.join(from, file));
    fs.utimesSync(path.join(folder, file), atime, mtime);
  }
}

/**
 * What the compiler knows from the last check of such a copy, kept from one copy to the next: only
 * what is altered in a copy is checked again, since the files of all have the same relative paths.
 */
function knownTypes(parts: Pick<Parts, "copied" | "linked">, file: string) {
  const name = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
  const kept = path.join(root, "node_modules/.cache/app-copies", `${name}.tsbuildinfo`);
  return { take: () => copyAtOnce(kept, file), keep: () => copyAtOnce(file, kept) };
}

/**
 * Copies a file, if it is there, in one step. It keeps its time, which tells whether packages are
 * newer; a copy's own sources are, and are compared.
 */
function copyAtOnce(from: string, to: string): void {
  if (!fs.existsSync(from)) return;
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const unfinished = `${to}.${process.pid}`;
  fs.cpSync(from, unfinished, { preserveTimestamps: true });
  fs.renameSync(unfinished, to);
}
