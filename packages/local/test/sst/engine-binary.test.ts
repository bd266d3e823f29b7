/** The engine in the place of the `pulumi` binary. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { installEngine } from "../../src/sst/engine-binary.ts";
import { pulumiFolder } from "../../src/sst/environment.ts";

it("runs, and keeps its compiled code where it is told", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "it's an engine-"));
  try {
    const compileCache = path.join(folder, "compile-cache");
    installEngine({ configFolder: folder, compileCache });
    const version = execFileSync(path.join(pulumiFolder(folder), "pulumi"), ["version"]);
    expect(version.toString()).toMatch(/^v\d+\.\d+\.\d+\n$/);
    expect(fs.readdirSync(compileCache)).not.toEqual([]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
