/** The recipes of docs/adapting.md, all in one copy: what they need, and that nothing else does. */
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppCopy } from "../support/app-copy.ts";
import { readRecipes } from "../support/recipes.ts";
import { applyEdits, copyRepository, runInCopy } from "../support/repository-copy.ts";

const recipes = readRecipes("docs/adapting.md");
const notTogether = ["A table", "Without packages/cold-start"];
const others = [...recipes].flatMap(([name, edits]) => (notTogether.includes(name) ? [] : edits));

let copy: AppCopy;
beforeAll(() => {
  copy = copyRepository();
});
afterAll(() => copy?.remove());

/** The adapter that the recipe leaves to its reader. */
const adapter = {
  file: "packages/core/src/adapters/dynamo-receipt-store.ts",
  from: "",
  to: `/** Keeps receipts in a table. */
import type { ReceiptStore } from "../ports/outbound/receipt-store.ts";

type Put = (item: { readonly id: string }) => Promise<void>;

/** Creates the store over a table's put. */
export const createDynamoReceiptStore = (put: Put): ReceiptStore => ({
  keep: (messageId) => put({ id: messageId }),
});
`,
};

describe("with all recipes, and a table, which the local cloud does not have", () => {
  const region = {
    file: "stacks/settings/stages.ts",
    here: 'region: "us-east-1"',
    elsewhere: 'region: "eu-central-1"',
  };
  const table = [...(recipes.get("A table") ?? []), adapter];
  let rehearsed: Awaited<ReturnType<typeof runInCopy>>;
  beforeAll(async () => {
    applyEdits(copy, [...others, ...table, { ...region, from: region.here, to: region.elsewhere }]);
    const command = ["node", "scripts/rehearse.ts", "--stage", "staging"] as const;
    rehearsed = await runInCopy(copy, ...command);
    applyEdits(copy, [{ ...region, from: region.elsewhere, to: region.here }]);
    for (const { file, from } of table) {
      if (from === "") fs.rmSync(path.join(copy.folder, file));
      else copy.restore(file);
    }
  }, 180_000);

  it("the new stage can be deployed, in whatever Region", () => {
    expect(rehearsed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("✓ No rule of stacks/policy is broken."),
      stderr: expect.not.stringContaining("✕"),
    });
  });

  it("the table is named as inert, and what of it is checked", () => {
    const ofTable = "  aws:dynamodb/resourcePolicy:ResourcePolicy\n      ReceiptsPolicy";
    expect(rehearsed.stdout).toMatch(
      new RegExp(
        `^! Inert:.*\\n${ofTable}\\n  aws:dynamodb/table:Table\\n      ReceiptsTable\\n$`,
        "m",
      ),
    );
    expect(rehearsed.stdout).toMatch(
      new RegExp(
        `^! Unchecked:.*\\n${ofTable} +only no-wildcard-grants\\n.*\\n +ReceiptsTable +only encrypted-at-rest\\n$`,
        "m",
      ),
    );
  });

  it("what refers to it is rehearsed", () => {
    const ofOwnCode = "if lambda:SourceFunctionArn ArnEquals ExternalLambda";
    expect(rehearsed.stdout.replaceAll(/\s+/g, " ")).toContain(
      `ExternalLambda may dynamodb:PutItem on Receipts, ${ofOwnCode}`,
    );
  });
});

it("and the functions' tests pass, priming's too", async () => {
  const projects = ["--project=unit", "--project=cold-start"];
  const files = ["tests/functions", "cold-start/test/prime-app"];
  const { code, stderr } = await runInCopy(copy, "vitest", "run", ...projects, ...files);
  expect({ code, failed: stderr.split("\n").filter((line) => line.includes("FAIL")) }).toEqual({
    code: 0,
    failed: [],
  });
});
