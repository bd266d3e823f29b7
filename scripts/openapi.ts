/** `npm run openapi`: the API's description in OpenAPI 3.1. */
import { format, resolveConfig } from "prettier";
import * as z from "zod";
import { describeApi } from "./openapi/document.ts";
import { noPositionals, runCommand } from "./support/command.ts";
import { outputFile, writeOutput } from "./support/output-file.ts";

await runCommand({
  usage: `Usage: npm run -s openapi -- [options]

Prints the API's description in OpenAPI 3.1, made from the contract in packages/core.

Options:
  --out FILE   write it to a file, as to docs/openapi.json
  --help       show this text
`,
  options: { out: { type: "string" } },
  schema: z.object({
    out: outputFile.optional(),
    positionals: noPositionals,
  }),
  async run({ out }) {
    const style = await resolveConfig("docs/openapi.json");
    const document = await format(JSON.stringify(describeApi()), { ...style, parser: "json" });
    if (out === undefined) process.stdout.write(document);
    else writeOutput(out, document);
  },
});
