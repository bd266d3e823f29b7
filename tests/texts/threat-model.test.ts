/** docs/threat-model.md: rows name rules that there are, and no row is without control or acceptance. */
import fs from "node:fs";
import { expect, test } from "vitest";
import { ruleNames } from "../../stacks/policy/index.ts";

const known: readonly string[] = [...ruleNames.always, ...ruleNames.protected];
const rows = fs
  .readFileSync("docs/threat-model.md", "utf8")
  .split("\n")
  .filter((line) => /^\| [STRIDE] \|/u.test(line))
  .map((line) => {
    const [, , threat = "", control = "", shown = ""] = line.split("|").map((cell) => cell.trim());
    return { threat, control, shown };
  });

test("a rule in it is one of stacks/policy", () => {
  const named = rows.flatMap(({ control }) => [...control.matchAll(/`([^`]+)`/gu)]);
  expect(named.map(([, rule = ""]) => rule).filter((rule) => !known.includes(rule))).toEqual([]);
});

test("a threat has a rule, a test or an acceptance", () => {
  const without = rows.filter(
    ({ control, shown }) =>
      !control.includes("`") && !shown.includes(".test.ts") && !/\baccepted\b/iu.test(shown),
  );
  expect(without).toEqual([]);
});
