import { expect, test } from "vitest";
import { missingDecisions } from "../../scripts/texts/decisions.ts";

const index = "| 2026-11-23 | [Ajv for request models](2026-11-23-ajv.md) | accepted |\n";

test("a decision has a row with its date", () => {
  const files = ["docs/decisions/README.md", "docs/decisions/2026-11-23-ajv.md", "docs/dev.md"];
  expect(missingDecisions(files, index)).toEqual([]);
});

test.each([
  ["2026-11-24-ajv.md", "add it to docs/decisions/README.md"],
  ["ajv.md", "name it YYYY-MM-DD-short-title.md"],
])("%s is missing", (name, message) => {
  expect(missingDecisions([`docs/decisions/${name}`], index)).toEqual([
    `docs/decisions/${name}: ${message}`,
  ]);
});
