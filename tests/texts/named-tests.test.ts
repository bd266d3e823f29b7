import { expect, test } from "vitest";
import { unknownTests } from "../../scripts/texts/named-tests.ts";

const files: Record<string, string> = {
  "tests/a.test.ts":
    'describe("a name", () => it.each([])("%s is \\"right\\" and kept", () => {}));',
  "tests/graph.test.ts": "",
  "tests/graph/api.ts": "it(`has ${number} rows (all)`, () => {});",
};

const check = (text: string) =>
  unknownTests([...Object.keys(files), "docs/x.md"], (file) => files[file] ?? text);

test.each([
  ["`tests/a.test.ts > a name`"],
  ['`tests/a.test.ts > a name > Ada is "right" and kept`'],
  ["`tests/graph.test.ts > has 2 rows (all)`, and `tests/graph.test.ts` as a whole"],
])("%s is there", (text) => {
  expect(check(text)).toEqual([]);
});

test.each([
  ["`tests/a.test.ts > a name that is gone`", 'tests/a.test.ts has no test "a name that is gone"'],
  ["`tests/a.test.ts > a name > is gone`", 'tests/a.test.ts has no test "is gone"'],
  ["`tests/gone.test.ts > a name`", 'tests/gone.test.ts has no test "a name"'],
])("%s is not", (text, problem) => {
  expect(check(text)).toEqual([`docs/x.md: ${problem}`]);
});
