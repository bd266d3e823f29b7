/** `npm run platform`: makes sure that SST's platform is installed, which types and tests need. */
import { createTerminal, ensurePlatform } from "@secure-lambda/local";
import * as z from "zod";
import { noPositionals, runCommand } from "./support/command.ts";
import { interruptSignal } from "./support/interrupt.ts";

await runCommand({
  usage: `Usage: npm run platform

Installs SST's platform in .sst/platform, where it is missing. Types and tests need it.

Options:
  --help   show this text
`,
  options: {},
  schema: z.object({ positionals: noPositionals }),
  run: () => ensurePlatform(".", createTerminal(process.stdout), interruptSignal()),
});
