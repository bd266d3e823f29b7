/** `npm run controls`: the security baseline, with the rule and the test that hold each control. */
import fs from "node:fs";
import { createCommand, runCommand } from "@secure-lambda/local/command-line";
import { controls } from "../stacks/policy/controls/index.ts";
import { ruleNames } from "../stacks/policy/index.ts";
import { mutations } from "../tests/stacks/graph/mutations.ts";
import { protectedMutations } from "../tests/stacks/graph/protected-mutations.ts";
import { describeBaseline } from "./controls/document.ts";
import { baselineProblems } from "./controls/problems.ts";
import { CommandError } from "./support/command-error.ts";
import { isMain } from "./support/is-main.ts";
import { parseOutputFile, writeOutput } from "./support/output-file.ts";

/** The command. */
export const command = createCommand(
  "npm run -s controls --",
  "Prints the security baseline in Markdown: each control, what becomes of it, the rules of stacks/policy that hold it and the tests that see them fail.",
)
  .option("--out <file>", "write it to a file, such as docs/controls.md", parseOutputFile)
  .addHelpText(
    "after",
    "\nIt is an error if a control is met without a rule or not met without a reason, and if no test sees a rule fail.",
  )
  .action(({ out }) => {
    const rows = [...mutations, ...protectedMutations].map(([lost, , rule]) => ({ lost, rule }));
    const rules = [...ruleNames.always, ...ruleNames.protected];
    const evidence = { rules, mutations: rows, exists: (file: string) => fs.existsSync(file) };
    const problems = baselineProblems(controls, evidence);
    if (problems.length > 0) throw new CommandError(problems.join("\n"));
    const text = describeBaseline({ controls, rules: ruleNames, mutations: rows });
    if (out === undefined) process.stdout.write(text);
    else writeOutput(out, text);
  });

if (isMain(import.meta)) await runCommand(command);
