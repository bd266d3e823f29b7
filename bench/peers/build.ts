/** Builds the bootstrap and every peer into `.build/`, each in a folder of its own. */
import fs from "node:fs";
import path from "node:path";
import { build, type BuildOptions } from "esbuild";

const folder = import.meta.dirname;
const target = path.join(folder, "../.build");

const common: BuildOptions = {
  platform: "node",
  target: "node24",
  minify: true,
  logLevel: "warning",
};

/** As SST bundles a function: CommonJS packages in it find `require`. */
const bundled: BuildOptions = {
  ...common,
  bundle: true,
  format: "esm",
  mainFields: ["module", "main"],
  banner: {
    js: 'import { createRequire } from "module"; const require = createRequire(import.meta.url);',
  },
};

const source = (name: string) => path.join(folder, `${name}.ts`);
const output = (name: string) => path.join(target, name, "index.mjs");

fs.rmSync(target, { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    bundle: true,
    format: "cjs",
    entryPoints: [path.join(folder, "../harness/bootstrap.ts")],
    outfile: path.join(target, "bootstrap.cjs"),
  }),
  // As it runs on Lambda when it is pasted into the console: the SDK comes from node_modules.
  build({ ...common, minify: false, entryPoints: [source("guide")], outfile: output("guide") }),
  ...["baseline", "express", "fastify", "powertools"].map((name) =>
    build({ ...bundled, entryPoints: [source(name)], outfile: output(name) }),
  ),
]);
