/** The recipes of docs/adapting.md: the files that they change, and that a row without a handler is found. npm run test:recipes carries them out. */
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AppCopy } from "../support/app-copy.ts";
import { readRecipes } from "../support/recipes.ts";
import { applyEdits, copyRepository, runInCopy } from "../support/repository-copy.ts";

const recipes = readRecipes("docs/adapting.md");
const [row, ...served] = recipes.get("A route") ?? [];

let copy: AppCopy;
beforeAll(() => {
  copy = copyRepository();
});
afterAll(() => copy?.remove());

it.each([
  ["A route", 2],
  ["A field", 1],
  ["A GET with a parameter", 2],
  ["The name", 1],
  ["A stage", 1],
  ["A web page", 1],
  ["A user pool", 1],
  ["A table", 4],
])("%s changes no more than its files: %i", (name, files) => {
  expect(new Set(recipes.get(name)?.map(({ file }) => file)).size).toBe(files);
});

it("a row without a handler does not compile", async () => {
  applyEdits(copy, row ? [row] : []);
  const config = { extends: "./tsconfig.json", include: ["packages/functions", "packages/core"] };
  fs.writeFileSync(path.join(copy.folder, "tsconfig.functions.json"), JSON.stringify(config));
  const { code, stdout } = await runInCopy(copy, "tsc", "-p", "tsconfig.functions.json");
  expect(code).not.toBe(0);
  expect(stdout).toMatch(
    /^packages\/functions\/src\/http\/app\.ts.* does not satisfy the expected type 'never'/m,
  );
});

it("all can be applied to one copy", () => {
  const done = ["A route", "Without packages/cold-start"];
  const others = [...recipes].flatMap(([name, edits]) => (done.includes(name) ? [] : edits));
  expect(() => applyEdits(copy, [...served, ...others])).not.toThrow();
});
