/** The support table in packages/local/README.md says what the code supports, no more and no less. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { allResources } from "../../packages/local/src/resources/index.ts";
import { describeGroup, managedGroups } from "../../packages/local/src/waf/managed/catalogue.ts";
import { wire } from "../../packages/local/src/wire.ts";

const readme = fs.readFileSync("packages/local/README.md", "utf8");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "support-table-"));
const parts = wire({
  region: "us-east-1",
  awsUrl: () => "http://127.0.0.1:1",
  runtimeApiPath: "/runtime",
  runtimeClient: "",
  stateFolder: folder,
  eventsHost: () => undefined,
  timeLimits: true,
  onError: () => undefined,
});
afterAll(async () => {
  await parts.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** What stands in backticks between a heading and the next. */
function named(heading: string, pattern: RegExp): string[] {
  const section = readme.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/`([^`]+)`/g)]
    .flatMap(([, text = ""]) => (pattern.test(text) ? [text] : []))
    .toSorted();
}

it("lists every resource type", () => {
  const types = allResources(parts.services).map(({ type }) => type);
  const listed = named("Resource types", /^[a-z]+:.*:[A-Z]\w+$/);
  expect(listed).toEqual(types.toSorted());
});

it("lists every operation of every service", () => {
  const operations = [...parts.endpoint.operations].flatMap(([service, names]) => [
    service,
    ...names,
  ]);
  expect(named("AWS operations", /./)).toEqual(operations.toSorted());
});

it("says of every managed rule whether it is evaluated", () => {
  for (const group of managedGroups) expect(readme).toContain(`- ${describeGroup(group)}\n`);
});
