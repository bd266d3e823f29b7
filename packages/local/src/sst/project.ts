/** The paths of an SST app: its config, its SST CLI, SST's platform folder, the local cloud's files. */
import fs from "node:fs";
import { findPackageJSON } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";

/** An SST app on this machine; all paths are absolute. */
export interface Project {
  /** The folder of `sst.config.ts`, without symbolic links. */
  readonly root: string;
  /** The CLI's entry, from the app's own `sst` dependency. */
  readonly sstBin: string;
  /** The version of that dependency. */
  readonly sstVersion: string;
  /** SST's component sources and their packages, written by `sst install`. */
  readonly platform: string;
  /** SST's client of the Lambda Runtime API. */
  readonly runtimeClient: string;
  /** Everything that the local cloud writes. */
  readonly cloudFolder: string;
  /** Compiled code of the engine, kept between deployments. */
  readonly compileCache: string;
}

const manifestSchema = z.object({
  version: z.string(),
  bin: z.object({ sst: z.string() }),
});

/**
 * Characters of paths in which the SST CLI cannot build, since it does not escape them in sources and
 * URLs (tried with 4.17.1: it fails with the first four and never ends with the others).
 */
const unbuildable = /['"*\\#%?]/;

/**
 * Finds the app. @throws Error when the folder holds no SST app, its packages are not installed, or
 * SST cannot build in a folder of its name.
 */
export function openProject(folder: string): Project {
  const root = realFolder(path.resolve(folder));
  const [character] = unbuildable.exec(root) ?? [];
  if (character !== undefined) {
    throw new Error(
      `SST cannot build in ${root}, whose path has the character ${character}. Move the app to a folder without it.`,
    );
  }
  if (!fs.existsSync(path.join(root, "sst.config.ts"))) {
    throw new Error(`There is no sst.config.ts in ${root}. Run this in the folder of an SST app.`);
  }
  const manifest = manifestPath(root);
  const { version, bin } = manifestSchema.parse(JSON.parse(fs.readFileSync(manifest, "utf8")));
  const platform = path.join(root, ".sst", "platform");
  const cloudFolder = path.join(root, ".local-cloud");
  return {
    root,
    sstBin: path.resolve(path.dirname(manifest), bin.sst),
    sstVersion: version,
    platform,
    runtimeClient: path.join(platform, "dist", "nodejs-runtime", "index.js"),
    cloudFolder,
    compileCache: process.env["NODE_COMPILE_CACHE"] ?? path.join(cloudFolder, "compile-cache"),
  };
}

/** Without links: `sst dev` watches the folder by this name, and esbuild reports files by the real one. */
function realFolder(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    return folder; // There is none, which is reported as a folder without an app.
  }
}

function manifestPath(root: string): string {
  const manifest = findPackageJSON("sst", pathToFileURL(path.join(root, "sst.config.ts")));
  if (manifest === undefined) {
    throw new Error(`The package "sst" is not installed in ${root}. Run "npm ci" first.`);
  }
  return manifest;
}
