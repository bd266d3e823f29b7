/** Node's compile cache: the next run of a command reads no TypeScript again. */
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

/** Keeps the compiled code of every module that is imported from now on, and so dynamically. */
export function keepCompiledCode(): void {
  enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/node", import.meta.url)));
}
