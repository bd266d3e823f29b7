/** The list shows what is looked for. */
import { describe, expect, it } from "vitest";
import { everything, matches, type Filter } from "../../../src/console/page/watch/filter.ts";
import { describeOutcome, outcomeOf, titleOf } from "../../../src/console/page/watch/outcome.ts";
import type { RequestSummary } from "../../../src/console/page/watch/request.ts";

const refused: RequestSummary = {
  id: "1f0c",
  traceId: "1-6b0c",
  sequence: 1,
  startedAt: "2026-11-30T03:00:00.000Z",
  method: "POST",
  target: "/orders?x=1",
  route: "/orders",
  operation: null,
  status: 401,
  durationMs: 3,
  answeredBy: "authorizer",
  reason: "the token has expired",
  replayOf: null,
};

describe("a request is found", () => {
  it.each<[string, Partial<Filter>, boolean]>([
    ["without a filter", {}, true],
    ["by its class of status", { status: "4" }, true],
    ["not by another class", { status: "2" }, false],
    ["by its route", { route: "/orders" }, true],
    ["not by another route", { route: "/order" }, false],
    ["by the layer that answered", { layer: "authorizer" }, true],
    ["not by another layer", { layer: "firewall" }, false],
    ["by its id", { text: " 1F0C " }, true],
    ["by its trace", { text: "1-6b0c" }, true],
    ["by method and path", { text: "post /orders" }, true],
    ["by the reason", { text: "expired" }, true],
    ["not by another text", { text: "Ada" }, false],
  ])("%s", (_, filter, found) => {
    expect(matches(refused, { ...everything, ...filter })).toBe(found);
  });
});

describe("in one line", () => {
  it.each<[Partial<RequestSummary>, string, string]>([
    [{}, "refused", "✗ authorizer: the token has expired"],
    [{ status: 200, answeredBy: "function", reason: null }, "passed", "→ function"],
    [{ status: 502, answeredBy: "function", reason: "exit 1" }, "failed", "✗ function: exit 1"],
    [{ status: null, answeredBy: null, reason: null }, "passed", "is served …"],
  ])("%j is %s", (changes, outcome, text) => {
    expect(outcomeOf({ ...refused, ...changes })).toBe(outcome);
    expect(describeOutcome({ ...refused, ...changes })).toBe(text);
  });
});

it.each([
  ["a request by its method and target", {}, "POST /orders?x=1"],
  ["a call of AWS by its operation", { operation: "sns:Publish" }, "sns:Publish"],
  ["a call that was refused before that", { answeredBy: "aws-call" }, "call of AWS"],
] as const)("the list names %s", (_, changes, title) => {
  expect(titleOf({ ...refused, ...changes })).toBe(title);
});
