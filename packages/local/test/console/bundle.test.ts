/** The size of the console's page. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { createBundle } from "../../src/console/bundle.ts";

const platform = fileURLToPath(new URL("../../../../.sst/platform", import.meta.url));
const most = 80_000;

it("the page with its style is at most 80 kB, compressed", async () => {
  const { script, style } = await createBundle(platform)();
  const bytes = gzipSync(script).byteLength + gzipSync(style).byteLength;
  expect(bytes).toBeLessThan(most);
});
