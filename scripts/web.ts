/** `npm run web`: the page of examples/web in a browser on this machine. */
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  callLoopbackDirectly,
  createCommand,
  createTerminal,
  interruptSignal,
  parseWith,
  portNumber,
  runCommand,
} from "@secure-lambda/local/command-line";
import { listen } from "@secure-lambda/local/listen";
import { apiUrlOption, findApiUrl } from "./support/api-url.ts";
import { explain } from "./support/explain.ts";
import { isMain } from "./support/is-main.ts";
import { readStageOutputs } from "./support/stage-outputs.ts";
import { awsPortOption, findStage, stageOption } from "./support/target.ts";
import { settingsFor } from "../stacks/settings/settings.ts";
import { webConfig } from "./web/config.ts";
import { servePage } from "./web/serve.ts";
import { refusalOf } from "./web/refusal.ts";

const folder = fileURLToPath(new URL("../examples/web", import.meta.url));

/** The command. */
export const command = createCommand(
  "npm run web --",
  "Serves the page of examples/web, which signs users in and sends names to the API, at http://localhost:8080 or the port that is chosen.",
)
  .option("--port <n>", "port of the page; 0 takes a free one", parseWith(portNumber), 8080)
  .addOption(stageOption)
  .addOption(awsPortOption)
  .addOption(apiUrlOption)
  .action(async ({ port, url, ...options }) => {
    callLoopbackDirectly();
    const interrupted = interruptSignal();
    const deployed = await findStage(options);
    const apiUrl = url ?? (await findApiUrl(deployed));
    const config = webConfig(deployed, apiUrl, await readStageOutputs(deployed));
    const page = await listen(servePage(folder, config), port);
    const origin = `http://localhost:${page.port}`;
    const terminal = createTerminal(process.stdout);
    terminal.line(
      `${origin} calls stage "${deployed.stage}" at ${config.apiUrl}. Ctrl-C stops it.`,
    );
    const refusal = refusalOf(deployed.stage, settingsFor(deployed.stage), origin);
    if (refusal !== undefined) terminal.line(refusal);
    if (!interrupted.aborted) await once(interrupted, "abort");
    await page.close();
  });

if (isMain(import.meta)) await runCommand(command, { explain });
