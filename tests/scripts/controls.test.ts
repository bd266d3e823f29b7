/** The security baseline: its document, and what it must not leave out. */
import fs from "node:fs";
import { describe, expect, expectTypeOf, it } from "vitest";
import { describeBaseline } from "../../scripts/controls/document.ts";
import { baselineProblems } from "../../scripts/controls/problems.ts";
import { controls, type Control } from "../../stacks/policy/controls/index.ts";
import type { RuleName } from "../../stacks/policy/index.ts";
import { run } from "../../packages/local/test/support/command.ts";

it("docs/controls.md is what npm run -s controls prints", async () => {
  const { code, stdout } = await run(["node", "scripts/controls.ts"]);
  expect(code).toBe(0);
  expect(stdout).toBe(fs.readFileSync("docs/controls.md", "utf8").trimEnd());
});

it("a rule's name is one of a few", () => {
  expectTypeOf<"keys-rotate">().toExtend<RuleName>();
  expectTypeOf<string>().not.toExtend<RuleName>();
});

describe("a baseline is wrong", () => {
  const named = { number: 1, area: "KMS", control: "Rotation on", ids: "KMS.4" };
  const held = { "keys-rotate": ["the rotation of keys"] } as const;
  const evidence = {
    rules: ["keys-rotate"],
    mutations: [{ lost: "the rotation of keys", rule: "keys-rotate" }],
    exists: (file: string) => file === "tests/here.test.ts",
  };
  const met: Control = { ...named, decision: "met", held };

  it("not if what is met has a rule, and the rule a mutation", () => {
    expect(baselineProblems([met], evidence)).toEqual([]);
  });

  it.each<[string, Control, string]>([
    ["what is met has no rule", { ...met, held: {} }, "is met, but no rule holds it."],
    [
      "what is not met has no reason",
      { ...named, decision: "excepted", reason: " " },
      "is excepted, but without a reason.",
    ],
    [
      "a mutation is gone",
      { ...met, held: { "keys-rotate": ["the key"] } },
      'names a mutation that keys-rotate does not detect: "the key".',
    ],
    [
      "a mutation is another rule's",
      { ...met, held: { "no-data-traces": ["the rotation of keys"] } },
      'names a mutation that no-data-traces does not detect: "the rotation of keys".',
    ],
    [
      "a test file is gone",
      { ...named, decision: "shown", reason: "It is.", shownBy: ["tests/gone.test.ts"] },
      "is shown by no file: tests/gone.test.ts.",
    ],
  ])("if %s", (_, control, problem) => {
    expect(baselineProblems([control], evidence)).toEqual([`Control 1 ${problem}`]);
  });

  it("if a number is missing, a rule has no mutation, or two mutations have one name", () => {
    const [mutation] = evidence.mutations;
    expect(baselineProblems([{ ...met, number: 2 }], evidence)).toHaveLength(1);
    expect(
      baselineProblems([met], { ...evidence, rules: [...evidence.rules, "no-data-traces"] }),
    ).toEqual(["No mutation makes the rule no-data-traces fail."]);
    expect(
      baselineProblems([met], {
        ...evidence,
        mutations: [mutation, mutation].flatMap((m) => m ?? []),
      }),
    ).toEqual(['Two mutations are called "the rotation of keys".']);
  });
});

it("rules that hold no control are below them, with their mutations", () => {
  const mutations = [
    { lost: "the rotation of keys", rule: "keys-rotate" },
    { lost: "the ban on data traces", rule: "no-data-traces" },
    { lost: "the blocks", rule: "firewall-blocks" },
  ];
  const rules = { always: ["keys-rotate", "no-data-traces"], protected: ["firewall-blocks"] };
  const held = { "keys-rotate": ["the rotation of keys"] } as const;
  const named = { number: 1, area: "KMS", control: "Rotation on", ids: "KMS.4" };
  const control: Control = { ...named, decision: "met", held };
  const [, further = ""] = describeBaseline({ controls: [control], rules, mutations }).split(
    "## Further rules",
  );
  expect(further.trim().split("\n").slice(-2)).toEqual([
    "| `firewall-blocks` * | the blocks |",
    "| `no-data-traces` | the ban on data traces |",
  ]);
  expect(further).not.toContain("keys-rotate");
});

it("names other controls as such", () => {
  const texts = controls.map((control) => JSON.stringify(control));
  const named = texts.flatMap((text) => [
    ...text.matchAll(/\(\d+\)|(?<=(?:keys:|reason of) )\d+/g),
  ]);
  expect(named.map(([number]) => number)).toEqual([]);
  const references = texts.flatMap((text) => [...text.matchAll(/(?<=control )\d+/g)]);
  expect(references).not.toEqual([]);
  expect(references.filter(([number]) => controls[Number(number) - 1] === undefined)).toEqual([]);
});
