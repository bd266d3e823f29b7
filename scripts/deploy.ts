/** `npm run deploy -- --stage S`: `sst deploy` on AWS, once a rehearsal has broken no rule. */
import { createTerminal } from "@secure-lambda/local";
import * as z from "zod";
import { checkGraph } from "../stacks/policy/index.ts";
import { deployStage } from "./rehearsal/deploy.ts";
import { rehearse } from "./rehearsal/rehearse.ts";
import { noPositionals, runCommand } from "./support/command.ts";
import { interruptSignal } from "./support/interrupt.ts";
import { runSstOnAws } from "./support/sst.ts";
import { stageSchema } from "./support/stage.ts";

/** What would make the deployment another one than the rehearsed. */
const unrehearsed = z
  .undefined("is not taken: what it deploys would not be what was rehearsed and checked")
  .optional();

/** Its settings leave out what the local cloud has not, one-time passwords above all. */
const stageOnAws = stageSchema.refine((stage) => stage !== "local", {
  error: '"local" is the stage of the local cloud, and less protected than one on AWS should be',
});

await runCommand({
  usage: `Usage: npm run deploy -- --stage NAME [options]

Rehearses the deployment offline, holds it against the rules of stacks/policy, and runs
"sst deploy" on AWS, with your credentials, if no rule is broken. No option skips the rules.

Options:
  --stage NAME   the stage to deploy
  --continue     passed to sst deploy: go on after an error with what can be deployed
  --policy PACK  passed to sst deploy: a policy pack to run besides
  --verbose      passed to sst deploy
  --print-logs   passed to sst deploy
  --help         show this text
`,
  options: {
    stage: { type: "string" },
    continue: { type: "boolean" },
    policy: { type: "string" },
    verbose: { type: "boolean" },
    "print-logs": { type: "boolean" },
    target: { type: "string" },
    exclude: { type: "string" },
    config: { type: "string" },
    dev: { type: "boolean" },
  },
  schema: z.object({
    stage: stageOnAws,
    continue: z.boolean().optional(),
    policy: z.string().min(1).optional(),
    verbose: z.boolean().optional(),
    "print-logs": z.boolean().optional(),
    target: unrehearsed,
    exclude: unrehearsed,
    config: unrehearsed,
    dev: unrehearsed,
    positionals: noPositionals,
  }),
  run: async ({ stage, policy, ...flags }) => {
    const terminal = createTerminal(process.stdout);
    const signal = interruptSignal();
    const further = (["continue", "verbose", "print-logs"] as const)
      .filter((flag) => flags[flag] === true)
      .map((flag) => `--${flag}`);
    return deployStage(stage, policy === undefined ? further : [...further, "--policy", policy], {
      rehearse: () => rehearse({ project: ".", stage, terminal, signal }),
      checkGraph,
      runSst: runSstOnAws,
      terminal,
    });
  },
});
