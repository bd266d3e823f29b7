/** Puts our engine where the SST CLI looks for the `pulumi` binary. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { pulumiFolder } from "./environment.ts";

const engine = fileURLToPath(new URL("../engine/main.ts", import.meta.url));

/** Where the engine is put and what it keeps. */
interface EngineFolders {
  /** The CLI's configuration folder. */
  readonly configFolder: string;
  /** Holds the engine's compiled code from one deployment to the next. */
  readonly compileCache: string;
}

/**
 * Writes a script that runs the engine, as `pulumi`, below the CLI's configuration folder. The CLI
 * turns source maps on, through which the Pulumi SDK would look up the stack of every promise: a
 * fifth of a deployment, for traces that nobody reads.
 */
export function installEngine({ configFolder, compileCache }: EngineFolders): void {
  const folder = pulumiFolder(configFolder);
  fs.mkdirSync(folder, { recursive: true });
  const command = [process.execPath, "--no-enable-source-maps", engine].map(quote).join(" ");
  const script = `#!/bin/sh\nNODE_COMPILE_CACHE=${quote(compileCache)} exec ${command} "$@"\n`;
  fs.writeFileSync(path.join(folder, "pulumi"), script, { mode: 0o755 });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
