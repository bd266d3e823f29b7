/** The support table in packages/local/README.md says what the code supports, no more and no less. */
import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { allResources } from "../src/all-resources.ts";
import { describeGroup, managedGroups } from "../src/services/waf/managed/catalogue.ts";
import { createTestCloud } from "./support/test-cloud.ts";

const folderOfReadme = "packages/local";
const readme = fs.readFileSync(path.join(folderOfReadme, "README.md"), "utf8");
const cloud = createTestCloud();
afterAll(() => cloud.stop());

/** What stands between a heading and the next of its kind. */
function section(heading: string): string {
  return readme.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
}

/** What stands in backticks between a heading and the next. */
function named(heading: string, pattern: RegExp): string[] {
  return [...section(heading).matchAll(/`([^`]+)`/g)]
    .flatMap(([, text = ""]) => (pattern.test(text) ? [text] : []))
    .toSorted();
}

it("lists every resource type", () => {
  const types = allResources(cloud).map(({ type }) => type);
  const listed = named("Resource types", /^[a-z]+:.*:[A-Z]\w+$/);
  expect(listed).toEqual(types.toSorted());
});

it("lists every operation of every service", () => {
  const operations = [...cloud.endpoint.operations].flatMap(([service, names]) => [
    service,
    ...names,
  ]);
  expect(named("AWS operations", /./)).toEqual(operations.toSorted());
});

it("says of every managed rule whether it is evaluated", () => {
  for (const group of managedGroups) expect(readme).toContain(`- ${describeGroup(group)}\n`);
});

/** Where the links of a cell lead. */
function targets(cell: string): string[] {
  return [...cell.matchAll(/\]\(([^)]+)\)/g)].flatMap(([, target]) => target ?? []);
}

describe("a behaviour", () => {
  const rows = section("Behaviours")
    .split("\n")
    .filter((line) => /^\| (?!Behaviour \||---)/.test(line))
    .map((line) => line.slice(2, -2).split(" | "));
  const known = rows.map(([what = "", sure = "", sources = "", tests = "", ...rest]) => ({
    what,
    sure,
    rest,
    addresses: targets(sources),
    tests: targets(tests),
  }));

  it("is one of many", () => {
    expect(known.length).toBeGreaterThan(50);
  });

  it.each(known)("says how sure it is, and which test shows it: $what", ({ sure, tests, rest }) => {
    expect(sure).toMatch(/\b(?:documented|recorded|assumed|known difference)\b/);
    expect(tests).not.toEqual([]);
    expect(tests.filter((file) => !fs.existsSync(path.join(folderOfReadme, file)))).toEqual([]);
    expect(rest).toEqual([]);
  });

  it.each(known.filter(({ sure }) => /documented|recorded/.test(sure)))(
    "that AWS documents or others recorded has an address: $what",
    ({ addresses }) => {
      expect(addresses).not.toEqual([]);
    },
  );

  it.each(known.filter(({ addresses }) => addresses.length > 0))(
    "has its addresses in its tests: $what",
    ({ addresses, tests }) => {
      const texts = tests.map((file) => fs.readFileSync(path.join(folderOfReadme, file), "utf8"));
      const inEach = texts.map((text) => addresses.filter((address) => text.includes(address)));
      expect(inEach).not.toContainEqual([]);
      expect(new Set(inEach.flat())).toEqual(new Set(addresses));
    },
  );
});
