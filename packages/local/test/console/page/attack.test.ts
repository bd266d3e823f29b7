/** The report of attacks on the console's page. */
import { expect, it } from "vitest";
import {
  attackResult,
  describeOutcomes,
  reportOf,
} from "../../../src/console/page/attack/attack.ts";

const resultOf = (outcome: string) =>
  attackResult.parse({
    id: outcome,
    title: "Attack",
    tries: "It tries.",
    expects: "It is refused.",
    outcome,
    attempts: [],
  });

const results = ["defended", "defended", "failed", "not-applicable"].map(resultOf);

it("the outcomes are counted in words", () => {
  expect(describeOutcomes(results)).toBe("2 defended, 1 failed, 1 not applicable");
  expect(describeOutcomes(results.slice(0, 1))).toBe("1 defended, 0 failed");
});

it("the report has the counts, the time and each attack", () => {
  const times = { startedAt: "2026-11-30T00:00:00Z", endedAt: "2026-11-30T00:01:00Z" };
  expect(JSON.parse(reportOf(results, times))).toEqual({
    ...times,
    defended: 2,
    failed: 1,
    notApplicable: 1,
    attacks: results,
  });
});
