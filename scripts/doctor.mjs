/** `npm run doctor`: what this machine lacks. Plain JavaScript, since it runs before anything is installed too. */
import { fileURLToPath } from "node:url";

const unusable = new Set(["ERR_MODULE_NOT_FOUND", "ERR_UNKNOWN_FILE_EXTENSION"]);

try {
  const { main } = await import("./doctor/main.ts");
  await main(fileURLToPath(new URL("..", import.meta.url)));
} catch (error) {
  if (!unusable.has(error.code)) throw error;
  const isOld = Number(process.versions.node.split(".")[0]) < 20;
  if (isOld)
    console.log(`✗ Node ${process.versions.node}: install 20 or newer, https://nodejs.org`);
  console.log("✗ packages are not installed: npm ci, then npm run doctor again");
  process.exitCode = 1;
}
