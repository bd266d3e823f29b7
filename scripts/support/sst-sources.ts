/** SST's own sources, which the compiler reads together with the stacks. */
import fs from "node:fs";
import path from "node:path";

const file = ".sst/platform/src/components/aws/function.ts";
const line = "(v) => `${v.substring(0, 240)} (live)`,";
const excuse =
  "// @ts-expect-error TS18048: since 7.37.0 of the AWS provider, inputs may be undefined.";

/**
 * Has the compiler take the one line of SST 4.17.1 that does not fit the newer AWS provider of
 * sst.config.ts. Every other error in SST's sources is still reported; SST bundles without checking types.
 */
export function excuseSstSources(folder: string): void {
  const sources = path.join(folder, file);
  if (!fs.existsSync(sources)) return;
  const source = fs.readFileSync(sources, "utf8");
  if (source.includes(excuse) || !source.includes(line)) return;
  // Another process may bundle it at this moment.
  const whole = `${sources}.${process.pid}`;
  fs.writeFileSync(
    whole,
    source.replace(line, () => `${excuse}\n${line}`),
  );
  fs.renameSync(whole, sources);
}
