/** SST's own sources, which the compiler reads together with the stacks. */
import fs from "node:fs";
import path from "node:path";

/** SST 4.17.1 is written against the AWS provider 7.20.0; since 7.37.0, inputs may be undefined (TS18048 there). */
const olderThanProvider = ".sst/platform/src/components/aws/function.ts";
const mark = "// @ts-nocheck\n";

/**
 * Has the compiler report no errors in SST's sources that do not fit the newer AWS provider of
 * sst.config.ts. It still knows their types, and SST bundles them without checking.
 */
export function excuseSstSources(folder: string): void {
  const file = path.join(folder, olderThanProvider);
  if (!fs.existsSync(file)) return;
  const source = fs.readFileSync(file, "utf8");
  if (source.startsWith(mark)) return;
  // Another process may bundle it at this moment.
  const whole = `${file}.${process.pid}`;
  fs.writeFileSync(whole, mark + source);
  fs.renameSync(whole, file);
}
