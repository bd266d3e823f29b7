/** A headless Chromium of this machine, which npm does not bring. */
import { chromium, type Browser } from "playwright-core";
import { chromiumNames, findOnPath } from "./on-path.ts";

/** The file of the browser. @throws Error when there is none on the path. */
export function findChromium(): string {
  const [found] = findOnPath(chromiumNames, process.env["PATH"]);
  if (found !== undefined) return found;
  throw new Error(`A browser is needed on the path: ${chromiumNames.join(" or ")}.`);
}

/** Starts it. @throws Error when there is none on the path. */
export function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  // Root, as in a container, has no sandbox; the pages are this repository's own.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}
