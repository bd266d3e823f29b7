/** Tables of commands, in so many columns. */
import { styleText } from "node:util";
import { describe, expect, it } from "vitest";
import { tableColumnsOf, wrapRows } from "../../scripts/support/table.ts";

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

  it("have it below the others where that makes fewer lines", () => {
    const id = "0d6e9f6a-8a5c-4c5e-9a3d-0c1a6a3a7f11";
    const text = "not delivered from a topic with a long name, not accepted by it";
    expect(wrapRows([[id, text]], 68)).toEqual([id, `    ${text}`]);
  });

  const arn = `arn:aws:sns:us-east-1:000000000000:${"topic".repeat(3)}`;

  it("have what is too wide for its column below the others, whole", () => {
    const rows = [
      ["topic", arn],
      ["queue", "one"],
    ];
    expect(wrapRows(rows, 56)).toEqual(["topic", `    ${arn}`, "queue  one"]);
  });

  it("lose and split no word, however few columns there are", () => {
    const rows = [
      ["head ".repeat(12).trim(), `see ${arn} and others`],
      ["h".repeat(50), "last"],
    ];
    for (const columns of [1, 20, 40, 60, 100, Infinity]) {
      const words = wrapRows(rows, columns).flatMap((line) => line.trim().split(/ +/));
      expect(words).toEqual(rows.flat().flatMap((cell) => cell.split(" ")));
    }
  });

  it("are one line each in a pipe", () => {
    const rows = [["topic", `${arn} is not there`]];
    const columns = tableColumnsOf({});
    expect(wrapRows(rows, columns)).toEqual([`topic  ${arn} is not there`]);
  });
});

it("has no empty line for the room between cells, where a row is wider than the terminal", () => {
  const rows = [
    ["a", "one", "first"],
    ["a-name-that-is-long", "two", "second"],
  ];
  const lines = ["a one", "    first", "a-name-that-is-long", "two", "    second"];
  expect(wrapRows(rows, 8)).toEqual(lines);
});
