/**
 * Loads ours as a script, with V8's code cache of it. The first start makes the cache, after its init
 * phase, so that it holds what is compiled late as well; that start does not count (`cold.ts`).
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");

const filename = `${import.meta.dirname}/code.cjs`;
const cache = `${import.meta.dirname}/code.cache`;
const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;

const script = new Script(readFileSync(filename, "utf8"), { filename, cachedData });
if (script.cachedDataRejected) throw new Error("V8 does not accept the code cache.");
const module = { exports: {} };
script.runInThisContext()(module.exports, require, module);
await module.exports.ready;
if (cachedData === undefined) writeFileSync(cache, script.createCachedData());

export const { handler } = module.exports;
