/** Saved source files, as the watcher tells of them. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isSource, watchSources, type SourceWatch } from "../../src/cli/watch.ts";

let folder: string;
let sources: SourceWatch;
const never = new AbortController().signal;

const save = (file: string) => fs.writeFileSync(path.join(folder, file), "//");

beforeEach(async () => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "watch-")));
  for (const name of ["src", "node_modules/thing", ".sst"]) {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
  }
  save("old.ts");
  sources = await watchSources(folder);
});

afterEach(async () => {
  await sources.close();
  fs.rmSync(folder, { recursive: true });
});

describe("saved", () => {
  it("tells of a saved source file by its path in the folder, once", async () => {
    save("src/a.ts");
    await expect(sources.saved(never)).resolves.toEqual([path.join("src", "a.ts")]);
    save("old.ts");
    await expect(sources.saved(never)).resolves.toEqual(["old.ts"]);
  });

  it("leaves out packages, folders that begin with a dot and what SST generates", async () => {
    const others = ["node_modules/thing/a.ts", ".sst/a.ts", "sst-env.d.ts", "notes.md"];
    for (const file of others) save(file);
    save("last.ts");
    await expect(sources.saved(never)).resolves.toEqual(["last.ts"]);
  });

  it("tells of a file that was removed", async () => {
    fs.rmSync(path.join(folder, "old.ts"));
    await expect(sources.saved(never)).resolves.toEqual(["old.ts"]);
  });

  it("ends with nothing when the signal is aborted, before or while it waits", async () => {
    const aborted = new AbortController();
    const waiting = sources.saved(aborted.signal);
    aborted.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(sources.saved(aborted.signal)).resolves.toBeUndefined();
  });
});

describe("isSource", () => {
  it.each(["a.ts", "a.mts", "a.tsx", "a.js", "a.json"])("takes %s", (file) => {
    expect(isSource(file)).toBe(true);
  });

  it.each(["a.md", "sst-env.d.ts", "packages/x/sst-env.d.ts", ".a.ts.swp", "a.ts~"])(
    "leaves out %s",
    (file) => {
      expect(isSource(file)).toBe(false);
    },
  );
});
