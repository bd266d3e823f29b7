/** `npm run platform`: makes sure that SST's platform is installed, which types and tests need. */
import {
  createCommand,
  createTerminal,
  ensurePlatform,
  interruptSignal,
  runCommand,
} from "@secure-lambda/local/command-line";
import { isMain } from "./support/is-main.ts";
import { excuseSstSources } from "./support/sst-sources.ts";

/** The command. */
export const command = createCommand(
  "npm run platform --",
  "Installs SST's platform in .sst/platform if it is missing. Types and tests need it.",
).action(async () => {
  await ensurePlatform(".", createTerminal(process.stdout), interruptSignal());
  excuseSstSources(".");
});

if (isMain(import.meta)) await runCommand(command);
