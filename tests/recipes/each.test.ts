/** Each recipe of docs/adapting.md in a copy of its own: it compiles, its tests pass, it can be deployed. */
import { describe, expect, it } from "vitest";
import { readRecipes } from "../support/recipes.ts";
import { applyEdits, copyRepository, runInCopy } from "../support/repository-copy.ts";

/** The local cloud has no DynamoDB, to which the app's tests would deploy a table. */
const refused = "A table";

/** What goes must be missed by no test. */
const taken = "Without packages/cold-start";

function testsAfter(name: string): string[] {
  if (name === refused) return [];
  return name === taken ? ["npm test"] : ["npm run test:app"];
}

describe.each([...readRecipes("docs/adapting.md")])("%s", (name, edits) => {
  it("leaves the types, the tests and npm run rehearse -- --stage prod green", async () => {
    const copy = copyRepository();
    try {
      applyEdits(copy, edits);
      for (const command of [
        "npm run -s openapi -- --out docs/openapi.json",
        "npm run -s openapi -- --http --out docs/api.http",
        "npm run types",
        ...testsAfter(name),
        "npm run rehearse -- --stage prod",
      ]) {
        const [tool = "", ...args] = command.split(" ");
        const { code, stdout, stderr } = await runInCopy(copy, tool, ...args);
        expect(code, `${command}\n${stdout}\n${stderr}`).toBe(0);
      }
    } finally {
      copy.remove();
    }
  });
});
