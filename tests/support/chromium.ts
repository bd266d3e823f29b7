/** A headless Chromium of this machine, which npm does not bring. */
import fs from "node:fs";
import path from "node:path";
import { chromium, type Browser } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** Starts it. @throws Error when there is none on the path. */
export function startChromium(): Promise<Browser> {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const files = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const executablePath = files.find((file) => fs.existsSync(file));
  if (executablePath === undefined) {
    throw new Error(`This test needs a browser on the path: ${names.join(" or ")}.`);
  }
  // Root, as in a container, has no sandbox; the pages are this repository's own.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}
