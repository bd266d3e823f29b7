/** The controls of a stage that breaks rules: on a terminal, as JSON, as SARIF. */
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { sarifLog } from "../../scripts/rehearsal/controls/sarif.ts";
import { controlsAsJson, showControls } from "../../scripts/rehearsal/controls/show.ts";
import { statusesOf } from "../../scripts/rehearsal/controls/status.ts";
import { controls } from "../../stacks/policy/controls/index.ts";
import { checkGraph } from "../../stacks/policy/index.ts";
import { recordTerminal } from "../../packages/local/test/support/terminal.ts";
import { resource } from "../support/graph-resource.ts";

describe("a stage that breaks rules", () => {
  const key = resource("aws:kms/key:Key", "Key", { policy: "{}", deletionWindowInDays: 7 });
  const lambda = resource("aws:lambda/function:Function", "Greeter", { layers: ["arn:other"] });
  const graph = [key, lambda];
  const found = statusesOf(graph, { protect: false });
  const statusOf = (number: number) => found.find(({ control }) => control.number === number);

  it("is told of each control what it is", () => {
    expect(found.map(({ control }) => control)).toEqual(controls);
    expect(statusOf(74)).toMatchObject({
      status: "broken",
      violations: [{ rule: "keys-rotate", resource: "Key" }],
    });
    expect(statusOf(78)).toMatchObject({
      status: "relaxed",
      violations: [{ rule: "keys-can-be-restored-for-a-month" }],
    });
    expect(statusOf(19)).toMatchObject({ status: "met", violations: [] });
    expect(statusOf(16)).toMatchObject({ status: "n/a" });
    expect(statusesOf(graph, { protect: true }).map(({ status }) => status)).not.toContain(
      "relaxed",
    );
  });

  it.each([60, 80, 160])("is told so in %i columns, the numbers first", (columns) => {
    const terminal = recordTerminal();
    showControls(terminal, { stage: "ada", found, columns });
    const { lines } = terminal;
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
    expect(lines.join(" ")).toMatch(/^Stage ada: 117 controls: \d+ met, \d+ broken, \d+ relaxed,/);
    expect(lines).toContainEqual(expect.stringMatching(/^ {3}74 {2}broken +Rotation on: /));
  });

  it("is told what each status means that a control has, and of no other", () => {
    const terminal = recordTerminal();
    const none = found.filter(({ status }) => status !== "broken");
    showControls(terminal, { stage: "ada", found: none, columns: 400 });
    const legend = terminal.lines.slice(1, terminal.lines.indexOf(""));
    expect(legend.map((line) => line.trim().split("  ")[0])).toEqual([
      "met",
      "relaxed",
      "setting",
      "excepted",
      "n/a",
      "account",
    ]);
    expect(legend).toContain("  setting   the stage decides, by the setting that is named");
  });

  it("is told of alarms without an address what it may set, whatever it has set", () => {
    const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "Slow", {});
    const [relaxed] = statusesOf([alarm], { protect: true, alarmEmail: "none" }).filter(
      ({ control }) => control.number === 94,
    );
    expect(relaxed).toMatchObject({
      status: "relaxed",
      violations: [
        {
          message: expect.stringMatching(
            /: set it to an address \(with "none", alarms show in CloudWatch only\)$/,
          ),
        },
      ],
    });
  });

  it("is told once what several resources break", () => {
    const terminal = recordTerminal();
    const keys = statusesOf([key, { ...key, name: "Key2" }], { protect: false });
    showControls(terminal, { stage: "ada", found: keys, columns: 400 });
    const [{ message } = { message: "none" }] = statusOf(74)?.violations ?? [];
    expect(terminal.lines).toContainEqual(expect.stringContaining(`: Key, Key2 ${message}`));
  });

  it("is told so in JSON", () => {
    const { summary, controls: rows } = jsonSchema.parse(JSON.parse(controlsAsJson("ada", found)));
    expect(rows[73]).toMatchObject({ number: 74, status: "broken", rules: ["keys-rotate"] });
    const total = Object.values(summary).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(controls.length);
  });

  it("has a result in SARIF for each violation, with its rule and the controls that it holds", () => {
    const violations = checkGraph(graph, { protect: false });
    const { rules, results } = sarifSchema.parse(
      JSON.parse(JSON.stringify(sarifLog("ada", violations))),
    ).runs[0];
    expect(results).toHaveLength(violations.length);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    const fingerprints = results.map(({ partialFingerprints }) => partialFingerprints);
    expect(new Set(fingerprints.map((each) => JSON.stringify(each))).size).toBe(results.length);
    expect(rules.find(({ id }) => id === "keys-rotate")?.properties.tags).toEqual([
      "security",
      "control-74",
      "control-76",
    ]);
  });

  it("that is none has no result", () => {
    expect(sarifLog("ada", []).runs[0]?.results).toEqual([]);
  });
});

const jsonSchema = z.strictObject({
  stage: z.literal("ada"),
  summary: z.record(z.string(), z.number()),
  controls: z.array(z.looseObject({ number: z.number(), status: z.string() })),
});

const text = z.strictObject({ text: z.string().min(1) });

/** What GitHub's code scanning requires of SARIF 2.1.0; types of the whole are those of @types/sarif. */
const sarifSchema = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z
      .looseObject({
        tool: z.object({
          driver: z.object({
            name: z.string(),
            rules: z.array(
              z.looseObject({
                id: z.string(),
                shortDescription: text,
                help: text,
                properties: z.object({ tags: z.array(z.string()) }),
              }),
            ),
          }),
        }),
        results: z.array(
          z.looseObject({
            ruleId: z.string(),
            ruleIndex: z.int().min(0),
            level: z.literal("error"),
            message: text,
            locations: z.array(z.object({ physicalLocation: z.unknown() })).length(1),
            partialFingerprints: z.strictObject({ primaryLocationLineHash: z.string() }),
          }),
        ),
      })
      .transform(({ tool, results }) => ({ rules: tool.driver.rules, results })),
  ]),
});
