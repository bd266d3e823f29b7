/** Bundles the page with the esbuild that SST brings. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const source = path.join(import.meta.dirname, "page");

const options = [
  "--bundle",
  "--minify",
  "--format=esm",
  "--target=es2022",
  "--jsx=automatic",
  "--jsx-import-source=hono/jsx/dom",
  // The page's own is for the type check, and has a target that this esbuild may not know.
  "--tsconfig-raw={}",
  "--log-level=error",
  "--charset=utf8",
];

/** The files of the page. */
export interface Bundle {
  readonly script: string;
  readonly style: string;
}

/**
 * Creates the bundle when it is first asked for, in some 50 ms; `platform` is SST's folder in the app.
 * @throws Error with what esbuild says
 */
export function createBundle(platform: string): () => Promise<Bundle> {
  const esbuild = path.join(platform, "node_modules", "esbuild", "bin", "esbuild");
  const build = async (file: string): Promise<string> => {
    const { stdout } = await run(esbuild, [path.join(source, file), ...options]);
    return stdout;
  };
  let bundle: Promise<Bundle> | undefined;
  return () => {
    bundle ??= Promise.all([build("main.tsx"), build("style.css")]).then(([script, style]) => ({
      script,
      style,
    }));
    return bundle;
  };
}
