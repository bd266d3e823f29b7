/** Makes sure that SST's platform is installed, which types and tests need. */
import { createTerminal, ensurePlatform } from "@secure-lambda/local";

await ensurePlatform(".", createTerminal(process.stdout));
