/** Loaded before each command, by package.json: `npm ci` brings the Node that runs TypeScript. Plain JavaScript, for older ones. */
import { existsSync, readFileSync } from "node:fs";

const inFolder = (name) => new URL(`../${name}`, import.meta.url);
const major = Number(process.versions.node.split(".")[0]);
const isInstalled = existsSync(inFolder("node_modules/.package-lock.json"));

if (!isInstalled || major < Number(readFileSync(inFolder(".nvmrc"), "utf8"))) {
  const hint =
    major < 20 ? `Node ${process.versions.node} is too old: install 20 or later, then run` : "Run";
  console.error(
    `${hint} "npm ci" first: it installs this app's packages and the Node that runs them.`,
  );
  process.exit(1);
}
