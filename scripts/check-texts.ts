/** `npm run texts`: words, links and the index of decisions, in every file of this repository. */
import fs from "node:fs";
import { missingDecisions } from "./texts/decisions.ts";
import { brokenLinks } from "./texts/links.ts";
import { projectFiles } from "./texts/project-files.ts";
import { findWords } from "./texts/words.ts";

const files = projectFiles(".");
const problems = [
  ...files.flatMap((file) => findWords(file, fs.readFileSync(file, "utf8"))),
  ...brokenLinks(files, (file) => fs.readFileSync(file, "utf8")),
  ...missingDecisions(files, fs.readFileSync("docs/decisions/README.md", "utf8")),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`${problems.length} problems.`);
  process.exitCode = 1;
}
