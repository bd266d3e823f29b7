/** What is wrong with the security baseline: what it says must be held by rules that are seen failing. */
import type { Control } from "../../stacks/policy/controls/index.ts";

/** A mutation of tests/stacks/graph, by its title, and the rule that must detect it. */
export interface Mutation {
  readonly lost: string;
  readonly rule: string;
}

/** What a baseline is checked against. */
export interface Evidence {
  readonly rules: readonly string[];
  readonly mutations: readonly Mutation[];
  /** Whether the repository has a file. */
  readonly exists: (file: string) => boolean;
}

/** A sentence for each control, rule or mutation that is wrong; none if the baseline may be printed. */
export function baselineProblems(controls: readonly Control[], evidence: Evidence): string[] {
  const { rules, mutations } = evidence;
  const numbers = controls.map(({ number }) => number).toSorted((one, other) => one - other);
  return [
    ...numbers
      .filter((number, index) => number !== index + 1)
      .slice(0, 1)
      .map((number) => `Control ${number} is there twice, or the one before it is missing.`),
    ...controls.flatMap((control) =>
      problemsOf(control, evidence).map((problem) => `Control ${control.number} ${problem}`),
    ),
    ...rules
      .filter((rule) => !mutations.some((mutation) => mutation.rule === rule))
      .map((rule) => `No mutation makes the rule ${rule} fail.`),
    ...mutations
      .filter(({ lost }, index) => mutations.findIndex((other) => other.lost === lost) !== index)
      .map(({ lost }) => `Two mutations are called "${lost}".`),
  ];
}

function problemsOf(control: Control, { mutations, exists }: Evidence): string[] {
  const held = heldBy(control);
  const files = control.decision === "shown" ? control.shownBy : [];
  return [
    ...(control.decision === "met" && held.length === 0 ? ["is met, but no rule holds it."] : []),
    ...("reason" in control && control.reason.trim() === ""
      ? [`is ${control.decision}, but without a reason.`]
      : []),
    ...held
      .filter(({ lost, rule }) => !mutations.some((one) => one.lost === lost && one.rule === rule))
      .map(({ lost, rule }) => `names a mutation that ${rule} does not detect: "${lost}".`),
    ...files.filter((file) => !exists(file)).map((file) => `is shown by no file: ${file}.`),
  ];
}

/** The mutations that a control names, each with the rule that detects it. */
export const heldBy = ({ held = {} }: Control): readonly Mutation[] =>
  Object.entries(held).flatMap(([rule, losses]) => losses.map((lost) => ({ rule, lost })));
