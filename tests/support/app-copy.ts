/** A copy of this app's infrastructure in a folder of its own, to break in one place. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface AppCopy {
  readonly folder: string;
  /** Adds lines to a file of the copy. */
  append(file: string, text: string): void;
  remove(): void;
}

/** Copies sst.config.ts and stacks; everything else is linked. Without a platform, it must be installed. */
export function copyApp({ platform }: { platform: boolean }): AppCopy {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "app-copy-")));
  const link = (name: string) => fs.symlinkSync(path.join(root, name), path.join(folder, name));
  for (const name of ["sst.config.ts", "stacks", "package.json", "tsconfig.json"]) {
    fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  for (const name of ["node_modules", "packages", "scripts"]) link(name);
  if (platform) {
    fs.mkdirSync(path.join(folder, ".sst"));
    link(".sst/platform");
    fs.copyFileSync(
      path.join(root, ".sst/provider-lock.json"),
      path.join(folder, ".sst/provider-lock.json"),
    );
  }
  return {
    folder,
    append: (file, text) => fs.appendFileSync(path.join(folder, file), text),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
