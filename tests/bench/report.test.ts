/** Tables, the plot, and how numbers are shown. */
import { expect, test } from "vitest";
import { judge } from "../../bench/report/goals.ts";
import { show, showBytes, showRatio, showSpread } from "../../bench/report/numbers.ts";
import { drawColdStarts } from "../../bench/report/plot.ts";
import { printReport } from "../../bench/report/print.ts";
import { tablesOf } from "../../bench/report/tables.ts";
import { alignColumns } from "../../scripts/support/table.ts";
import { recordTerminal } from "../../packages/local/test/support/terminal.ts";
import { around, madeUpResults } from "./results.ts";

test("numbers have as many digits as they can bear", () => {
  expect([1234.56, 45.67, 0.1234].map(show)).toEqual(["1,235", "45.7", "0.12"]);
  expect(showSpread(around(90))).toBe("90.0 ±2.00");
  expect(showRatio(around(90), around(100))).toBe("0.90×");
  expect(showRatio(around(90), undefined)).toBe("");
  expect([99_000, 181e6].map(showBytes)).toEqual(["99.0 KB", "181 MB"]);
});

test("columns stand below each other, styles or not", () => {
  const rows = [
    ["", "ms", "×"],
    ["ours", "\u001B[1m90.0\u001B[22m", "0.90×"],
    ["powertools", "1,100", "11.00×"],
  ];
  expect(alignColumns(rows, "right")).toEqual([
    "               ms       ×",
    "ours         \u001B[1m90.0\u001B[22m   0.90×",
    "powertools  1,100  11.00×",
  ]);
  expect(alignColumns(rows)).toEqual([
    "            ms     ×",
    "ours        \u001B[1m90.0\u001B[22m   0.90×",
    "powertools  1,100  11.00×",
  ]);
});

test("every candidate has a row with its ratio to the guide's handler", () => {
  const [cold, warm, ...others] = tablesOf(madeUpResults());
  expect(others).toEqual([]);
  expect(cold?.rows.find(([name]) => name === "ours")).toEqual([
    "ours",
    "90.0 ±2.00",
    "0.90×",
    "200 ±2.00",
    "0.50×",
    "45.0 ±2.00",
    "9.00 ±2.00",
    "0.23×",
    "99.0 KB",
  ]);
  expect(warm?.rows.find(([name]) => name === "ours")?.slice(0, 3)).toEqual([
    "ours",
    "1,050 ±2.00",
    "1.50×",
  ]);
  expect(warm?.notes).toContain("Heap of ours after 100,000 requests: 31.2 MB, resident 190 MB.");
});

test("a peer that was not measured says why", () => {
  const load = { connections: 1, perSecond: 100, p50: 9, p99: 20, wrong: 0 };
  const cloud = {
    startUp: around(4_000),
    throughGateway: around(12),
    functionAlone: around(10),
    greeted: [load],
    refused: [load],
    serverlessOffline: "left out of a quick run",
  };
  const [, , table] = tablesOf(madeUpResults({ cloud }));
  expect(table?.rows).toContainEqual(["what firewall, authorizer and gateway add", "2.00"]);
  expect(table?.notes).toEqual(["serverless-offline: left out of a quick run"]);
});

test("the plot has two bars a candidate, ours in another colour, for light and dark pages", () => {
  const { cold } = madeUpResults();
  if (cold === undefined) throw new Error("incomplete");
  const svg = drawColdStarts(cold);
  expect(svg.match(/<rect /g)).toHaveLength(6);
  expect(svg.match(/class="bar ours"/g)).toHaveLength(2);
  expect(svg.match(/class="spread"/g)).toHaveLength(6);
  expect(svg).toContain("prefers-color-scheme: dark");
  expect(svg).not.toMatch(/NaN|undefined/);
});

test("the report ends with the goals: those missed are counted, those with a code cache are not", () => {
  const terminal = recordTerminal();
  const results = madeUpResults({ zips: { ours: 121_000 } });
  printReport(terminal, results, judge(results));
  expect(terminal.lines.join("\n")).toMatch(/^✕ archive +121 KB +≤ 100 KB$/m);
  expect(terminal.lines.slice(-2)).toEqual([
    "1 of 7 goals missed.",
    "Goals with a code cache are shown only: the setting is off by default.",
  ]);
});
