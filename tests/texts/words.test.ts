import { expect, test } from "vitest";
import { findWords } from "../../scripts/texts/words.ts";

test.each([
  ["// Made anew after each start.", '"anew": use again'],
  ["Unless told otherwise it is 3000.", '"Unless told": use by default'],
  ["The graph is held against the rules.", '"held against": use check or validate'],
  ["Whoever deploys reads it.", '"Whoever": use the user, operator or caller'],
  ["POST alone is served.", '"alone": use only'],
  ["const warden = makeWarden();", '"warden": use process reaper'],
  ["const app = makeApp();", '"makeApp": use create…'],
  ["sid: allowPeople(key),", '"allowPeople": use allowAccountViaService'],
  ["export class LeanHeaders {}", '"LeanHeaders": use Lightweight…'],
  ["import { workAhead } from './init.ts';", '"workAhead": use init tasks, FailedInitTask'],
])("names the word in %j", (line, found) => {
  expect(findWords("docs/example.md", `A first line.\n${line}\n`)).toContain(
    `docs/example.md:2: ${found}`,
  );
});

test("names the word in a file's name", () => {
  expect(findWords("packages/local/src/warden.ts", "")).toEqual([
    'packages/local/src/warden.ts: the file\'s name has "warden": use process reaper',
  ]);
});

test.each([
  "The folder stands alone.",
  "npm run rehearse shows what would be deployed.",
  "A dead letter goes back to its target function.",
  "clean headers, makefile, wireless",
])("finds nothing in %j", (line) => {
  expect(findWords("docs/example.md", line)).toEqual([]);
});
