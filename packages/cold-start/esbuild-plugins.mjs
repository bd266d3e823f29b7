/**
 * esbuild plugins that make the functions' bundles start faster: shims in place of parts of the AWS SDK,
 * and of Node's modules only the properties that are used.
 */
import fs from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const shims = fileURLToPath(new URL("src/aws-sdk-shims/", import.meta.url));

/** Of all the ways to find credentials, the one that Lambda uses. */
const environmentCredentials = path.join(shims, "credentials.ts");

/** The module that looks for the SDK's settings, by the end of its name, and the shim that says why. */
const settings = {
  end: path.normalize("/config/node-config-provider/configLoader.js"),
  shim: path.join(shims, "config-loader.ts"),
};

/** Neither SNS nor Secrets Manager has an operation with an event stream, whose code is 7 kB of the archive. */
const nothing = { path: "nothing", namespace: "nothing" };

/** A client's package.json, of which it uses the version; the rest would make the archive larger. */
const clientPackage = /\/@aws-sdk\/client-[a-z-]+\/package\.json$/;

/** The SDK's partitions, by the end of the name, of which stages are in `aws` only (stacks/settings/regions.ts). */
const partitions = path.normalize("/util-endpoints/lib/aws/partitions.js");

/** The partition `aws` as the SDK has it, without a list of its Regions, which only describes them. */
function ownPartition(file) {
  const text = fs.readFileSync(file, "utf8");
  const known = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  const own = known.partitions.filter(({ id }) => id === "aws");
  if (own.length !== 1) throw new Error(`${file} has no partition aws.`);
  const info = { partitions: own.map((one) => ({ ...one, regions: {} })) };
  return `export const partitionsInfo = ${JSON.stringify(info)};`;
}

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
 * esbuild plugins, as SST takes them (`nodejs.plugins`). SST 4.17 tests the filter against no path
 * (read in its plugin.mjs), so the callbacks look at the path themselves.
 */
export default [
  {
    name: "aws-sdk-shims",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path: name }) => {
        if (name === "@aws-sdk/credential-provider-node") return { path: environmentCredentials };
        if (name === "@smithy/core/event-streams") return nothing;
        return undefined;
      });
      build.onLoad({ filter: /.*/ }, ({ path: file, namespace }) => {
        if (namespace === nothing.namespace) return { contents: "export {};", loader: "js" };
        if (file.endsWith(settings.end)) {
          return { contents: `export * from ${JSON.stringify(settings.shim)};`, loader: "js" };
        }
        if (file.endsWith(partitions)) return { contents: ownPartition(file), loader: "js" };
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
