/** Tables, the plot, and how numbers are shown. */
import { expect, test } from "vitest";
import { judge } from "../../bench/report/goals.ts";
import { show, showBytes, showRatio, showSpread } from "../../bench/report/numbers.ts";
import { drawColdStarts } from "../../bench/report/plot.ts";
import { printReport } from "../../bench/report/print.ts";
import { tablesOf } from "../../bench/report/tables/index.ts";
import { alignColumns } from "../../scripts/support/table.ts";
import { recordTerminal } from "../../packages/local/test/support/terminal.ts";
import { around, createResults } from "./results.ts";

test("numbers have as many digits as they can bear", () => {
  expect([1234.56, 45.67, 0.1234].map(show)).toEqual(["1,235", "45.7", "0.12"]);
  expect(showSpread(around(90))).toBe("90.0 ±2.00");
  expect(showRatio(around(90), around(100))).toBe("0.90×");
  expect(showRatio(around(90), undefined)).toBe("");
  expect([99_000, 181e6].map(showBytes)).toEqual(["99.0 kB", "181 MB"]);
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

test("every row has its ratios to the guide's handler, without and with round trips", () => {
  const [loopback, distant, warm, ...others] = tablesOf(createResults());
  expect(others).toEqual([]);
  const shipped = (table: typeof loopback) =>
    table?.rows.find(([label]) => label === "+ web shims: as shipped");
  expect(shipped(loopback)).toEqual([
    "+ web shims: as shipped",
    "90.0 ±2.00",
    "0.90×",
    "160 ±2.00",
    "0.40×",
    "45.0 ±2.00",
    "9.00 ±2.00",
    "0.23×",
    "99.0 kB",
  ]);
  expect(shipped(distant)).toEqual([
    "+ web shims: as shipped",
    "120 ±2.00",
    "0.92×",
    "190 ±2.00",
    "0.44×",
  ]);
  expect(distant?.notes.join()).toContain("A round trip takes 5 ms");
  expect(shipped(warm)?.slice(0, 5)).toEqual([
    "+ web shims: as shipped",
    "70.0 ±2.00",
    "0.70×",
    "75.0 ±2.00",
    "0.38×",
  ]);
  expect(warm?.notes).toContain(
    "Heap of what is shipped after 100,000 requests: 31.2 MB, resident 190 MB.",
  );
});

test("rows stand in the order in which each adds to the one above it", () => {
  const [loopback] = tablesOf(createResults());
  expect(loopback?.rows.slice(1).map(([label]) => label)).toEqual([
    "the guide's handler",
    "plain",
    "+ web shims: as shipped",
  ]);
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
  const [, , , table] = tablesOf(createResults({ cloud }));
  expect(table?.rows).toContainEqual(["what firewall, authorizer and gateway add", "2.00"]);
  expect(table?.notes).toEqual(["serverless-offline: left out of a quick run"]);
});

test("the console has its requests a second, closed and open, and its memory by requests", () => {
  const compared = { closed: around(1_000), open: around(980) };
  const samples = [{ requests: 10_000, heap: 9e6, nodes: 1_500, rss: 240e6 }];
  const console = { refused: compared, greeted: compared, samples };
  const [, , , requests, memory] = tablesOf(createResults({ console }));
  expect(requests?.rows[1]).toEqual([
    "refused by the authorizer",
    "1,000 ±2.00",
    "980 ±2.00",
    "0.98×",
  ]);
  expect(memory?.rows[1]).toEqual(["10000", "9.00 MB", "1500", "240 MB"]);
});

test("the plot has three bars a row, what is shipped in another colour, for light and dark pages", () => {
  const { cold, roundTripMs } = createResults();
  if (cold === undefined) throw new Error("incomplete");
  const svg = drawColdStarts(cold, roundTripMs);
  expect(svg.match(/<rect /g)).toHaveLength(9);
  expect(svg.match(/class="bar shipped"/g)).toHaveLength(3);
  expect(svg.match(/class="spread"/g)).toHaveLength(9);
  expect(svg).toContain("prefers-color-scheme: dark");
  expect(svg).toContain("the guide&#39;s handler");
  expect(svg).not.toMatch(/NaN|undefined/);
});

test("the report ends with the goals: those missed are counted", () => {
  const terminal = recordTerminal();
  const results = createResults({ archives: { shipped: 121_000 } });
  printReport(terminal, results, judge(results));
  expect(terminal.lines.join("\n")).toMatch(/^✕ archive +121 kB +≤ 100 kB$/m);
  expect(terminal.lines.at(-1)).toBe("1 of 8 goals missed.");
});

test("a quick run says that its times are not judged, and marks them as neither met nor missed", () => {
  const terminal = recordTerminal();
  const results = createResults({ quick: true });
  printReport(terminal, results, judge(results));
  expect(terminal.lines.slice(-2)).toEqual([
    "Every goal that is judged is met.",
    "Goals about time are shown, not judged, in a quick run.",
  ]);
  const marks = terminal.lines.map((line) => /^[✓✕–](?= )/.exec(line)?.[0] ?? "").join("");
  expect(marks).toBe("–––––✓✓✓");
});
