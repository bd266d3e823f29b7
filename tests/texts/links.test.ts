import { expect, test } from "vitest";
import { brokenLinks } from "../../scripts/texts/links.ts";

const files: Record<string, string> = {
  "README.md": "",
  "docs/scale.md": "# Scale\n\n## How many environments?\n",
  "packages/local/README.md": "",
  "stacks/api/stage.ts": "",
};

/** The messages about one document among the others. */
const check = (file: string, text: string) => {
  const all = { ...files, [file]: text };
  return brokenLinks(Object.keys(all), (name) => all[name] ?? "");
};

test.each([
  ["[scale](docs/scale.md)"],
  ["[folder](stacks/api/)"],
  ["[heading](docs/scale.md#how-many-environments)"],
  ["[AWS](https://aws.amazon.com/nowhere.md)"],
  ["`stacks/api/stage.ts`, `stacks/api` and `example/of/nothing.ts`"],
  ["```md\n[link](nowhere.md)\n```"],
])("%j is right", (text) => {
  expect(check("README.md", text)).toEqual([]);
});

test.each([
  ["[gone](docs/gone.md)", "docs/gone.md does not exist"],
  ["[gone](stacks/stage.ts)", "stacks/stage.ts does not exist"],
  ["[gone](docs/scale.md#costs)", "docs/scale.md#costs has no such heading"],
  ["`stacks/stage.ts > a test`", "stacks/stage.ts does not exist"],
])("%j is broken", (text, message) => {
  expect(check("README.md", text)).toEqual([`README.md: ${message}`]);
});

test("a link is relative to its document", () => {
  expect(check("packages/local/README.md", "[scale](../../docs/scale.md)")).toEqual([]);
  expect(check("packages/local/README.md", "[scale](docs/scale.md)")).toHaveLength(1);
});

test("code names documents that exist", () => {
  expect(check("stacks/api/stage.ts", "// See docs/scale.md and docs/gone.md.")).toEqual([
    "stacks/api/stage.ts: docs/gone.md does not exist",
  ]);
});
