/** `npm run openapi`: the API's description in OpenAPI 3.1, or requests to it as a .http file. */
import { createCommand, runCommand } from "@secure-lambda/local/command-line";
import { format, resolveConfig } from "prettier";
import { describeApi } from "./openapi/document.ts";
import { httpFile } from "./openapi/http-file.ts";
import { isMain } from "./support/is-main.ts";
import { parseOutputFile, writeOutput } from "./support/output-file.ts";

/** The command. */
export const command = createCommand(
  "npm run -s openapi --",
  "Prints the API's description in OpenAPI 3.1, generated from the API contract and the stages' settings; with --http, requests to try.",
)
  .option("--http", "print requests as a .http file, for VS Code's REST Client and JetBrains' IDEs")
  .option("--out <file>", "write it to a file, such as docs/openapi.json", parseOutputFile)
  .action(async ({ out, http = false }) => {
    const text = http ? httpFile() : await formatted(describeApi());
    if (out === undefined) process.stdout.write(text);
    else writeOutput(out, text);
  });

async function formatted(document: object): Promise<string> {
  const style = await resolveConfig("docs/openapi.json");
  return format(JSON.stringify(document), { ...style, parser: "json" });
}

if (isMain(import.meta)) await runCommand(command);
