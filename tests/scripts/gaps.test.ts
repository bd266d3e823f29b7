/** What a rehearsal says that it has not applied or checked. */
import type { InertPart } from "@secure-lambda/local";
import { expect, it } from "vitest";
import { recordTerminal } from "../../packages/local/test/support/terminal.ts";
import { gapsOf, refuseGaps, showGaps } from "../../scripts/rehearsal/gaps.ts";
import type { Graph } from "../../stacks/policy/index.ts";

const nothing = { urn: "", id: "one", parent: "", inputs: {}, outputs: {} };

function show(inert: readonly InertPart[], graph: Graph = []) {
  const terminal = recordTerminal();
  const resources = graph.map((resource) => ({ ...nothing, ...resource }));
  const gaps = gapsOf({ graph: resources, inert }, { protect: false });
  showGaps(terminal, gaps);
  const { lines } = terminal;
  return { lines: [...lines], isRefused: refuseGaps(terminal, gaps), last: lines.at(-1) };
}

const table = { type: "aws:dynamodb/table:Table", name: "Orders", isWhole: true };
const lambda = {
  type: "aws:lambda/function:Function",
  name: "ExternalLambdaFunction",
  isWhole: false,
  why: "without vpcConfig",
};

it("says nothing where there is nothing", () => {
  expect(show([])).toEqual({ lines: [], isRefused: false, last: undefined });
});

it("lists what is inert by type and name, sorted and aligned", () => {
  const archive = { ...table, name: "Archive" };
  expect(show([lambda, table, { ...lambda, name: "Other" }, archive]).lines).toEqual([
    "! Inert: the local cloud does not support it, and only records it:",
    "  aws:dynamodb/table:Table",
    "      Archive",
    "      Orders",
    "  aws:lambda/function:Function",
    "      ExternalLambdaFunction  without vpcConfig",
    "      Other                   without vpcConfig",
    "",
  ]);
});

it("lists a call by its token, once", () => {
  const call = { type: "aws:ec2/getVpc:getVpc", name: "", isWhole: true };
  expect(show([call, call]).lines.slice(1, -1)).toEqual(["  aws:ec2/getVpc:getVpc"]);
});

it("lists what is unchecked, and what is checked of it", () => {
  const graph = [
    { ...nothing, type: "aws:dynamodb/table:Table", name: "Orders" },
    { ...nothing, type: "acme:index/thing:Thing", name: "Thing" },
    { ...nothing, type: "aws:sns/topic:Topic", name: "Known" },
  ];
  expect(show([], graph).lines).toEqual([
    "! Unchecked: stacks/policy has no rule on it, or only the one named:",
    "  acme:index/thing:Thing",
    "      Thing",
    "  aws:dynamodb/table:Table",
    "      Orders  only encrypted-at-rest",
    "",
  ]);
});

it("stays below 80 columns, except for a name that is longer, which is not split", () => {
  const configuration = "ServerSideEncryptionConfigurationOfABucketWithALongName";
  const long = {
    type: `aws:s3/bucket${configuration}:Bucket${configuration}`,
    name: "N".repeat(90),
    isWhole: true,
    why: `The local cloud cannot apply it:\n  ✖ Invalid input\n${"x".repeat(200)} → at a.b`,
  };
  const { lines } = show([long, table]);
  const words = [long.type, long.name, "x".repeat(200)];
  expect(lines.filter((line) => line.length >= 80).map((line) => line.trim())).toEqual(words);
  expect(lines.join("").replaceAll(" ", "")).toContain(`${"x".repeat(200)}→ata.b`);
});

it.each([
  ["something is inert", [table], []],
  ["something is unchecked", [], [{ ...nothing, type: "acme:index/thing:Thing", name: "Thing" }]],
])("--strict refuses it when %s", (_, inert, graph) => {
  expect(show(inert, graph)).toMatchObject({
    isRefused: true,
    last: "✕ --strict refuses what is inert or unchecked.",
  });
});
