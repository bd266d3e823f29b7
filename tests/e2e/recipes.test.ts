/** The recipes of docs/adapting.md, all in one copy: what they need, and that nothing else does. */
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AppCopy } from "../support/app-copy.ts";
import { readRecipes } from "../support/recipes.ts";
import { applyEdits, copyRepository, runInCopy } from "../support/repository-copy.ts";

const recipes = readRecipes("docs/adapting.md");
const [, route = []] = [...recipes].find(([name]) => name === "A route") ?? [];
const notTogether = ["A route", "Without packages/cold-start"];
const others = [...recipes].flatMap(([name, edits]) => (notTogether.includes(name) ? [] : edits));

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
])("%s changes no more than its files: %i", (name, files) => {
  expect(new Set(recipes.get(name)?.map(({ file }) => file)).size).toBe(files);
});

it("a row without a handler does not compile", async () => {
  const [row, ...served] = route;
  applyEdits(copy, row ? [row] : []);
  const config = { extends: "./tsconfig.json", include: ["packages/functions", "packages/core"] };
  fs.writeFileSync(path.join(copy.folder, "tsconfig.functions.json"), JSON.stringify(config));
  const { code, stdout } = await runInCopy(copy, "tsc", "-p", "tsconfig.functions.json");
  expect(code).not.toBe(0);
  expect(stdout).toMatch(
    /^packages\/functions\/src\/http\/app\.ts.* does not satisfy the expected type 'never'/m,
  );
  applyEdits(copy, served);
});

it("with all recipes, the new stage can be deployed", async () => {
  applyEdits(copy, others);
  const rehearsed = await runInCopy(copy, "node", "scripts/rehearse.ts", "--stage", "staging");
  expect(rehearsed).toMatchObject({ code: 0, stderr: expect.not.stringContaining("✗") });
});

it("and the app's tests pass, priming's too", async () => {
  const projects = ["--project=unit", "--project=cold-start", "--project=stack"];
  const files = ["tests/functions", "cold-start/test/prime-app", "e2e/matrix", "e2e/e2e-stage"];
  const { code, stderr } = await runInCopy(copy, "vitest", "run", ...projects, ...files);
  expect({ code, failed: stderr.split("\n").filter((line) => line.includes("FAIL")) }).toEqual({
    code: 0,
    failed: [],
  });
});
