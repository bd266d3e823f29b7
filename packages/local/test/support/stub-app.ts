/** An app whose SST CLI is a script of ours, in a folder of its own. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** A folder that a local cloud takes for an SST app's. */
export interface StubApp {
  readonly folder: string;
  remove(): void;
}

/** Makes an app whose SST CLI runs these lines of a shell script; `$1` is the command. */
export function createStubApp(script: string): StubApp {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "stub-app-")));
  const write = (file: string, text: string, mode = 0o644) => {
    const place = path.join(folder, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text, { mode });
  };
  const platform = `sst-${process.platform}-${process.arch}`;
  write("sst.config.ts", "");
  write(
    "node_modules/sst/package.json",
    JSON.stringify({ name: "sst", version: "0.0.0", bin: { sst: "./bin/sst.mjs" } }),
  );
  write(`node_modules/${platform}/package.json`, JSON.stringify({ name: platform }));
  write(`node_modules/${platform}/bin/sst`, `#!/bin/sh\n${script}\n`, 0o755);
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
