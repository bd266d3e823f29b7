/** A headless Chromium of this machine, which npm does not bring. */
import { chromium, type Browser } from "playwright-core";
import { chromiumNames, findOnPath } from "./on-path.ts";

/** Starts it. @throws Error when there is none on the path. */
export function startChromium(): Promise<Browser> {
  const [executablePath] = findOnPath(chromiumNames, process.env["PATH"]);
  if (executablePath === undefined) {
    throw new Error(`A browser is needed on the path: ${chromiumNames.join(" or ")}.`);
  }
  // Root, as in a container, has no sandbox; the pages are this repository's own.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}
