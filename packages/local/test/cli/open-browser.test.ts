/** Opening the console in a browser, with openers of the test's own. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { openBrowser } from "../../src/cli/open-browser.ts";

const url = "http://127.0.0.1:4566/_local/console";

/** A program in a folder of its own, and a file that it can write. */
function createOpener(script: string) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "opener-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const opener = path.join(folder, "opener");
  const written = path.join(folder, "written");
  fs.writeFileSync(opener, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { opener, written };
}

it("gives the opener the address, and nothing else", async () => {
  const { opener, written } = createOpener(
    'echo "$# $1" > "$0.new" && mv "$0.new" "${0%/*}/written"',
  );
  const onFailure = vi.fn<(opener: string) => void>();
  openBrowser(url, onFailure, opener);
  await expect.poll(() => fs.existsSync(written)).toBe(true);
  expect(fs.readFileSync(written, "utf8")).toBe(`1 ${url}\n`);
  expect(onFailure).not.toHaveBeenCalled();
});

it.each([
  ["is missing", () => "/nowhere/opener"],
  ["fails", () => createOpener("exit 3").opener],
])("names an opener that %s", async (_, create) => {
  const opener = create();
  const onFailure = vi.fn<(opener: string) => void>();
  openBrowser(url, onFailure, opener);
  await expect.poll(() => onFailure.mock.calls).toEqual([[opener]]);
});
