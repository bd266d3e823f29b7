/** `npm run openapi`: the API's description in OpenAPI 3.1. */
import { createCommand, runCommand } from "@secure-lambda/local/command-line";
import { format, resolveConfig } from "prettier";
import { describeApi } from "./openapi/document.ts";
import { parseOutputFile, writeOutput } from "./support/output-file.ts";

/** The command. */
export const command = createCommand(
  "npm run -s openapi --",
  "Prints the API's description in OpenAPI 3.1, generated from the API contract.",
)
  .option("--out <file>", "write it to a file, such as docs/openapi.json", parseOutputFile)
  .action(async ({ out }) => {
    const style = await resolveConfig("docs/openapi.json");
    const document = await format(JSON.stringify(describeApi()), { ...style, parser: "json" });
    if (out === undefined) process.stdout.write(document);
    else writeOutput(out, document);
  });

if (import.meta.main) await runCommand(command);
