/** Where things of an app are, and which folders an app cannot be in. */
import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { startLocalCloud } from "../../src/local-cloud.ts";
import { openProject } from "../../src/sst/project.ts";
import { createStubApp, type StubApp } from "../support/stub-app.ts";

let app: StubApp;
beforeEach(() => {
  app = createStubApp("echo $PWD");
});
afterEach(() => app.remove());

/** The app in a folder of this name. */
function moved(name: string): string {
  const folder = path.join(app.folder, name);
  fs.mkdirSync(folder);
  for (const part of ["sst.config.ts", "node_modules"]) {
    fs.renameSync(path.join(app.folder, part), path.join(folder, part));
  }
  return folder;
}

it.each(["'", '"', "\\", "*", "#", "%", "?"])(
  "rejects a folder with %s in its path, which SST cannot build in, before anything starts",
  async (character) => {
    const folder = moved(`a${character}b`);
    await expect(startLocalCloud({ project: folder })).rejects.toThrow(
      `SST cannot build in ${folder}, whose path has the character ${character}. Move the app to a folder without it.`,
    );
    expect(fs.existsSync(path.join(folder, ".local-cloud"))).toBe(false);
  },
);

it.each(["a b", "ü", "日本", "$x", "`x`"])("takes an app in a folder named %s", (name) => {
  const folder = moved(name);
  expect(openProject(folder)).toMatchObject({ root: folder, sstVersion: "0.0.0" });
});

it("is where a link to its folder leads, for the SST CLI as well", async () => {
  const link = path.join(app.folder, "link");
  fs.symlinkSync(app.folder, link);
  vi.stubEnv("PWD", link);
  onTestFinished(() => void vi.unstubAllEnvs());
  const cloud = await startLocalCloud({ project: link });
  onTestFinished(() => cloud.stop());
  const lines: string[] = [];
  await cloud.deploy({ stage: "local", onLine: (line) => lines.push(line) });
  expect(lines).toEqual([app.folder]);
});
