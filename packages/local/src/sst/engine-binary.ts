/** Puts our engine where the SST CLI looks for the `pulumi` binary. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { pulumiFolder } from "./environment.ts";

const engine = fileURLToPath(new URL("../engine/main.ts", import.meta.url));

/** Writes a script that runs the engine, as `pulumi`, below the CLI's configuration folder. */
export function installEngine(configFolder: string): void {
  const folder = pulumiFolder(configFolder);
  fs.mkdirSync(folder, { recursive: true });
  const script = `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(engine)} "$@"\n`;
  fs.writeFileSync(path.join(folder, "pulumi"), script, { mode: 0o755 });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
