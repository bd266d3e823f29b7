/** Leaves cold-start's web shims out of a bundle. */

const webShims = /\/cold-start\/src\/web-shims\/install\.ts$/;

/** An esbuild plugin, as SST takes it: SST 4.17 matches the filter against no path. */
export const withoutWebShims = {
  name: "without-web-shims",
  setup(build) {
    build.onLoad({ filter: /.*/ }, ({ path }) =>
      webShims.test(path)
        ? { contents: "export function installWebShims() {}", loader: "js" }
        : undefined,
    );
  },
};
