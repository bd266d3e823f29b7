/** Builds the bootstrap and every peer into `.build/`, each in a folder of its own. */
import fs from "node:fs";
import path from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";

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

/** Ours, as SST bundles it but for its format: a code cache is of a script, which cannot await. */
const project = path.join(folder, "../..");
const { default: lean }: { default: Plugin[] } = await import(
  path.join(project, "stacks/bundle/plugins.mjs")
);
const withoutAwait: Plugin = {
  name: "without-await",
  setup({ onLoad }) {
    onLoad({ filter: /functions\/src\/external\.ts$/ }, ({ path: file }) => {
      const text = fs.readFileSync(file, "utf8");
      const contents = text.replace("\nawait workAhead(", "\nexport const ready = workAhead(");
      if (contents === text) throw new Error(`${file} awaits no work ahead any more.`);
      return { contents, loader: "ts" };
    });
  },
};
const cached = path.join(target, "ours-code-cache");

fs.rmSync(target, { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    bundle: true,
    format: "cjs",
    entryPoints: [path.join(folder, "../src/harness/bootstrap.ts")],
    outfile: path.join(target, "bootstrap.cjs"),
  }),
  // As it runs on Lambda when it is pasted into the console: the SDK comes from node_modules.
  build({ ...common, minify: false, entryPoints: [source("guide")], outfile: output("guide") }),
  build({ ...bundled, entryPoints: [source("guide")], outfile: output("guide-bundled") }),
  ...["floor", "express", "fastify", "powertools"].map((name) =>
    build({ ...bundled, entryPoints: [source(name)], outfile: output(name) }),
  ),
  build({
    ...common,
    bundle: true,
    format: "cjs",
    mainFields: ["module", "main"],
    entryPoints: [path.join(project, "packages/functions/src/external.ts")],
    outfile: path.join(cached, "code.cjs"),
    banner: { js: "(function (exports, require, module) {" },
    footer: { js: "})" },
    plugins: [withoutAwait, ...lean],
  }),
]);
fs.copyFileSync(path.join(folder, "code-cached.mjs"), path.join(cached, "index.mjs"));
