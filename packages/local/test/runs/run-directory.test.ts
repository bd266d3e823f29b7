/** The folder that a run writes to. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRunDirectory } from "../../src/runs/run-directory.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "run-directory-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

it("is below the app's own, for nobody else to read, and gone once it is removed", () => {
  const run = createRunDirectory(path.join(folder, ".local-cloud"));
  expect(path.relative(folder, run.folder("tmp"))).toMatch(
    new RegExp(`^\\.local-cloud/runs/${process.pid}-[0-9a-f]{8}/tmp$`),
  );
  expect(fs.statSync(run.path).mode & 0o777).toBe(0o700);
  run.remove();
  expect(fs.readdirSync(path.join(folder, ".local-cloud", "runs"))).toEqual([]);
});

it("is rejected, with what would be right, where nothing can be written", () => {
  const cloudFolder = path.join(folder, ".local-cloud");
  fs.writeFileSync(cloudFolder, "");
  expect(() => createRunDirectory(cloudFolder)).toThrow(
    /^Nothing can be written to .*\.local-cloud: ENOTDIR.* Make that folder writable, or run this in a copy of the app that is\.$/,
  );
});
