/**
 * What the functions' bundles hold in another form: parts of the AWS SDK that they never need, and
 * Node's modules, of which they take what they use and no more.
 */
import fs from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const standIns = fileURLToPath(
  new URL("../../packages/functions/src/sdk-stand-ins/", import.meta.url),
);

/** Of all the ways to find credentials, the one that Lambda uses. */
const environmentCredentials = path.join(standIns, "credentials.ts");

/** Modules of the SDK by the ends of their names, and what stands for them: the reasons stand there. */
const substitutes = Object.entries({
  "/config/node-config-provider/configLoader.js": "settings.ts",
  "/serde/util-body-length/calculateBodyLength.js": "plain-bodies.ts",
  "/serde/util-stream/stream-type-check.js": "plain-bodies.ts",
  "/middleware-retry/isStreamingPayload/isStreamingPayload.js": "plain-bodies.ts",
}).map(([end, file]) => ({ end: path.normalize(end), file: path.join(standIns, file) }));

/** Neither SNS nor Secrets Manager has an operation with an event stream, which loads this. */
const nothing = { path: "nothing", namespace: "nothing" };

/** A client's package.json, of which it uses the version. */
const clientPackage = /\/@aws-sdk\/client-[a-z-]+\/package\.json$/;

const wholeOf = (name) => `process.getBuiltinModule(${JSON.stringify(name)})`;

/**
 * One of Node's modules. An `import` of it reads every property, and some load a subsystem when they
 * are read: those of node:http, the whole of fetch. This reads the properties that are used.
 */
function withUsedParts(name) {
  const whole = wholeOf(name);
  const names = Object.getOwnPropertyNames(require(name)).filter(
    (key) => /^[a-z]\w*$/i.test(key) && key !== "default",
  );
  const parts = names.map((key) => `part_${key} as ${key}`);
  const values = names.map((key) => `part_${key} = /* @__PURE__ */ (() => ${whole}.${key})()`);
  return `export default ${whole}; const ${values.join(", ")}; export { ${parts.join(", ")} };`;
}

/**
 * esbuild plugins, as SST takes them (`nodejs.plugins`). SST 4.17 holds the filter against no path
 * (read in its plugin.mjs), so the callbacks look at the path themselves.
 */
export default [
  {
    name: "lean-aws-sdk",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path: name }) => {
        if (name === "@aws-sdk/credential-provider-node") return { path: environmentCredentials };
        if (name === "@smithy/core/event-streams") return nothing;
        return undefined;
      });
      build.onLoad({ filter: /.*/ }, ({ path: file, namespace }) => {
        if (namespace === nothing.namespace) return { contents: "export {};", loader: "js" };
        const substitute = substitutes.find(({ end }) => file.endsWith(end));
        if (substitute !== undefined) {
          return { contents: `export * from ${JSON.stringify(substitute.file)};`, loader: "js" };
        }
        if (!clientPackage.test(file)) return undefined;
        const { version } = JSON.parse(fs.readFileSync(file, "utf8"));
        return { contents: JSON.stringify({ version }), loader: "json" };
      });
    },
  },
  {
    name: "used-parts-of-node",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path: name, kind }) => {
        if (!isBuiltin(name)) return undefined;
        if (kind === "import-statement") {
          return { path: name, namespace: "node-module", sideEffects: false };
        }
        return kind === "dynamic-import"
          ? { path: name, namespace: "node-module-late" }
          : undefined;
      });
      build.onLoad({ filter: /.*/ }, ({ path: name, namespace }) => {
        if (namespace === "node-module") return { contents: withUsedParts(name), loader: "js" };
        if (namespace !== "node-module-late") return undefined;
        return { contents: `module.exports = ${wholeOf(name)};`, loader: "js" };
      });
    },
  },
];
