/** `npm run texts`: words, links, named tests, sources, the index of decisions and the workflows. */
import fs from "node:fs";
import { missingDecisions } from "./texts/decisions.ts";
import { brokenLinks } from "./texts/links.ts";
import { unknownTests } from "./texts/named-tests.ts";
import { projectFiles } from "./texts/project-files.ts";
import { sourceProblems } from "./texts/sources.ts";
import { findWords } from "./texts/words.ts";
import { workflowProblems } from "./texts/workflows.ts";

const files = projectFiles(".");
const read = (file: string) => fs.readFileSync(file, "utf8");
const cited = files.filter((file) => !file.startsWith("tests/texts/"));
const problems = [
  ...files.flatMap((file) => findWords(file, read(file))),
  ...brokenLinks(files, read),
  ...unknownTests(files, read),
  ...sourceProblems(cited, read, read("docs/sources.md")),
  ...missingDecisions(files, read("docs/decisions/README.md")),
  ...workflowProblems(files, read),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`${problems.length} problems.`);
  process.exitCode = 1;
}
