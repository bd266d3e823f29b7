import fs from "node:fs";
import { expect, test } from "vitest";
import { projectFiles } from "../../scripts/texts/project-files.ts";
import { sourceProblems } from "../../scripts/texts/sources.ts";

const page = "| `SNS/PAGE` | SNS |\n| `SQS-API/PAGE` | SQS |\n";
const cited = "/** Retries: SNS/sns-message-delivery-retries. */\n// Limit: SQS-API/SendMessage.\n";

function problems(text: string, file = "a.ts"): readonly string[] {
  return sourceProblems([file], () => text, page);
}

test("a mark with a row is fine, and so is a slash that is no mark", () => {
  expect(problems(`${cited}// HTTP/1.1, https://docs.aws.amazon.com/sns/\n"AWS/Lambda"`)).toEqual(
    [],
  );
});

test("a mark without a row is a problem", () => {
  expect(problems(`${cited} * See XYZ/page and XY-API/Operation.`)).toEqual([
    "a.ts: XYZ/ is not in docs/sources.md",
    "a.ts: XY-API/ is not in docs/sources.md",
  ]);
});

test("a row that no comment cites is a problem", () => {
  expect(problems("// Retries: SNS/sns-message-delivery-retries.")).toEqual([
    "docs/sources.md: no comment cites SQS-API/",
  ]);
});

test("an AWS page without a mark is a problem", () => {
  expect(problems(`${cited}// See docs.aws.amazon.com/sns/latest/dg/welcome.html`)).toEqual([
    "a.ts: cite docs.aws.amazon.com/sns/latest/dg/welcome.html by its mark in docs/sources.md",
  ]);
});

const read = (file: string) => fs.readFileSync(file, "utf8");

test("every mark of this repository has a row, and every row a mark", () => {
  const files = projectFiles(".").filter((file) => !file.startsWith("tests/texts/"));
  expect(sourceProblems(files, read, read("docs/sources.md"))).toEqual([]);
});
