/** The size of the console's page. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { createBundle } from "../../src/console/bundle.ts";

const platform = fileURLToPath(new URL("../../../../.sst/platform", import.meta.url));
/** It had 63,000 when this was written. */
const most = 64_000;

it("the page with its style is at most 64 kB, compressed", async ({ annotate }) => {
  const { script, style } = await createBundle(platform)();
  const bytes = gzipSync(script).byteLength + gzipSync(style).byteLength;
  await annotate(`${bytes} bytes`);
  expect(bytes).toBeLessThan(most);
});
