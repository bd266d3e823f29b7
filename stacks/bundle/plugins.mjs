/** What the functions' bundles hold in another form: parts of the AWS SDK that they never need. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../packages/", import.meta.url));

/** Of all the ways to find credentials, the one that Lambda uses. */
const environmentCredentials = path.join(packages, "functions/src/environment-credentials.ts");

/** Neither SNS nor Secrets Manager has an operation with an event stream, which loads this. */
const nothing = { path: "nothing", namespace: "nothing" };

/** A client's package.json, of which it uses the version. */
const clientPackage = /\/@aws-sdk\/client-[a-z-]+\/package\.json$/;

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
        if (!clientPackage.test(file)) return undefined;
        const { version } = JSON.parse(fs.readFileSync(file, "utf8"));
        return { contents: JSON.stringify({ version }), loader: "json" };
      });
    },
  },
];
