/** Tables of commands, in so many columns. */
import { styleText } from "node:util";
import { describe, expect, it } from "vitest";
import { wrapRows } from "../../scripts/support/table.ts";

describe("rows", () => {
  it("have their last cell wrapped in its column", () => {
    const rows = [
      ["Lambda", "ten executions at a time, which no other function can take"],
      ["API", "one"],
    ];
    expect(wrapRows(rows, 40)).toEqual([
      "Lambda  ten executions at a time, which",
      "        no other function can take",
      "API     one",
    ]);
  });

  it("have it below the others where it has little room", () => {
    const rows = [
      ["a-rule-with-a-long-name", "AResource", "breaks it in many words, all of them true"],
    ];
    expect(wrapRows(rows, 40)).toEqual([
      "a-rule-with-a-long-name  AResource",
      "    breaks it in many words, all of them",
      "    true",
    ]);
  });

  it("have it beside the others where it is short", () => {
    expect(wrapRows([["a-rule-with-a-long-name", "AResource", "no"]], 40)).toEqual([
      "a-rule-with-a-long-name  AResource  no",
    ]);
  });

  it("may begin with a styled cell", () => {
    const styled = styleText("green", "✓", { validateStream: false });
    expect(
      wrapRows(
        [
          [styled, "one"],
          ["-", "two or three, or four, or five, or six"],
        ],
        31,
      ),
    ).toEqual([`${styled}  one`, "-  two or three, or four, or", "   five, or six"]);
  });

  it("of one cell are lines of text, and no cell makes one line", () => {
    expect(wrapRows([["Nothing holds data."]], 40)).toEqual(["Nothing holds data."]);
    expect(wrapRows([["topic", ""]], 40)).toEqual(["topic"]);
    expect(wrapRows([], 40)).toEqual([]);
  });

  it("are no wider than they may be, whatever they hold", () => {
    const rows = [
      ["head ".repeat(12).trim(), "x".repeat(95)],
      ["h".repeat(50), "last"],
    ];
    const lines = wrapRows(rows, 40);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(40);
    expect(lines.join("").replaceAll(" ", "")).toBe(rows.flat().join("").replaceAll(" ", ""));
  });
});
