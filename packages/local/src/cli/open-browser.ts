/** Opens an address in the user's browser. */
import { spawn } from "node:child_process";

/** The platform's program that opens an address in the browser that the user prefers. */
const platformOpener = process.platform === "darwin" ? "open" : "xdg-open";

/** Opens it without waiting; `onFailure` receives the name of the program that could not. */
export function openBrowser(
  url: string,
  onFailure: (opener: string) => void,
  opener = platformOpener,
): void {
  // In a group of its own: neither Ctrl-C in the terminal nor this process's end ends the browser.
  const child = spawn(opener, [url], { stdio: "ignore", detached: true });
  child.once("error", () => onFailure(opener));
  child.once("exit", (code) => {
    if (code !== null && code !== 0) onFailure(opener);
  });
  child.unref();
}
