/** Installs the local engine where the SST CLI looks for the `pulumi` binary. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { pulumiFolder } from "./environment.ts";

const engine = fileURLToPath(new URL("../engine/main.ts", import.meta.url));

/** The directories of the engine. */
interface EngineFolders {
  /** The CLI's configuration folder. */
  readonly configFolder: string;
  /** Caches the engine's compiled code between deployments. */
  readonly compileCache: string;
}

/**
 * Writes a script that runs the engine, as `pulumi`, below the CLI's configuration folder. The CLI
 * turns source maps on, with which the Pulumi SDK would resolve the stack of every promise: a fifth
 * of a deployment, for traces that are not used.
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
