/**
 * Stands before `bundle.cjs` and loads it with V8's code cache of it. V8 compares its version, its
 * flags and the length of the source, and looks at no byte of the cache (read in its sources), so a
 * seal before the cache says which Node it is for, and what it and the source hash to. A cache that
 * does not fit is left out, and said: the function works without it, and starts slower.
 */
const { createHash } = process.getBuiltinModule("node:crypto");
const { readFileSync } = process.getBuiltinModule("node:fs");
const { createRequire } = process.getBuiltinModule("node:module");
const { Script } = process.getBuiltinModule("node:vm");

const filename = `${import.meta.dirname}/bundle.cjs`;
const source = readFileSync(filename, "utf8");
const cachedData = readCache(`${import.meta.dirname}/bundle.cache`);

const open = "(function (exports, require, module) {";

/** The bundle as V8 knows it. */
export const script = new Script(`${open}${source}\n})`, {
  filename,
  columnOffset: -open.length,
  cachedData,
});
if (script.cachedDataRejected) leaveOut("V8 has other flags");

const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(import.meta.url), module);

/** Handles one event. */
export const handler = await module.exports.startExternal(process.env);

/** What stands before a cache: for which Node it is, and the hash of the source and it. */
export function sealOf(cache) {
  const hash = createHash("sha256").update(source).update(cache).digest("hex");
  return `${process.version} ${process.arch} ${hash}\n`;
}

function readCache(file) {
  let sealed;
  try {
    sealed = readFileSync(file);
  } catch (error) {
    return leaveOut(error.code);
  }
  const start = sealed.indexOf("\n") + 1;
  const cache = sealed.subarray(start);
  const seal = sealed.toString("latin1", 0, start);
  if (seal === sealOf(cache)) return cache;
  return leaveOut(`it is not whole, or for another Node: ${seal.slice(0, 20)}`);
}

function leaveOut(reason) {
  const { version, arch } = process;
  console.warn({ message: "Starting without the code cache", reason, node: `${version} ${arch}` });
}
